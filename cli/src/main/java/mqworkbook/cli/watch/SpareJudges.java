package mqworkbook.cli.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import mqworkbook.workbench.run.Judge;
import mqworkbook.workbench.run.LoadedClasses;

/**
 * A fresh JVM for each run, started ahead, with the classes loaded that the run before it has needed. For use by one
 * thread.
 */
final class SpareJudges implements AutoCloseable {

    private static final int PARTING_SECONDS = 15;

    private final Function<List<String>, Judge> judges;
    private final Path classes;
    private final Path recorded;
    private final ExecutorService starter = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "spare-judge");
        thread.setDaemon(true);
        return thread;
    });
    private CompletableFuture<Judge> spare;

    /**
     * Starts the first spare in the background.
     *
     * @param judges makes a judge of flags for its JVM
     * @param folder for the list of classes
     */
    SpareJudges(Function<List<String>, Judge> judges, Path folder) {
        this.judges = judges;
        this.classes = folder.resolve("classes.txt");
        this.recorded = folder.resolve("classes-recorded.txt");
        spare = CompletableFuture.supplyAsync(this::start, starter);
    }

    /** The judge for the next run, when the one before has ended: it may still hold the brokers. */
    Judge take() {
        return spare.join();
    }

    /** Waits until the spare has loaded what it will need. */
    void awaitWarm() {
        spare.join().awaitWarm();
    }

    /** Ends a judge after its run, and starts the next, in the background. */
    void retire(Judge used) {
        spare = CompletableFuture.supplyAsync(
                () -> {
                    used.close();
                    keepList();
                    return start();
                },
                starter);
    }

    private Judge start() {
        // One list is as good as the next; while there is one, nothing is recorded.
        Judge judge = judges.apply(Files.exists(classes) ? List.of() : List.of(LoadedClasses.recording(recorded)));
        judge.warm(classes);
        return judge;
    }

    private void keepList() {
        try {
            if (Files.exists(recorded)) {
                Files.move(recorded, classes, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        spare.thenAcceptAsync(Judge::close, starter);
        starter.shutdown();
        try {
            starter.awaitTermination(PARTING_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
