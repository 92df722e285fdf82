package mqworkbook.cli.watch;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Checks at the beginning and after each save, never two at a time: a save during a check leads to one more after it.
 * Answers keys meanwhile. All decisions are made on the thread that calls {@link #run()}.
 */
public final class WatchLoop implements AutoCloseable {

    private static final Duration QUIET = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofMillis(500);
    private static final Duration PARTING = Duration.ofSeconds(15);

    private sealed interface Event {}

    private record Saved() implements Event {}

    private record Pressed(Key key) implements Event {}

    private record Judged(Verdict verdict, Duration duration) implements Event {}

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Debounce saves = new Debounce(QUIET, LONGEST);
    private final Check check;
    private final Map<Key, Runnable> commands;
    private final Screen screen;
    private final LongSupplier nanoTime;
    private final ExecutorService checks = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "check");
        thread.setDaemon(true);
        return thread;
    });
    private boolean checking;
    private boolean all;
    private int step;

    /**
     * A loop that has not begun.
     *
     * @param commands what prints the answers to keys; a key without one does nothing
     */
    public WatchLoop(Check check, Map<Key, Runnable> commands, Screen screen) {
        this(check, commands, screen, System::nanoTime);
    }

    WatchLoop(Check check, Map<Key, Runnable> commands, Screen screen, LongSupplier nanoTime) {
        this.check = check;
        this.commands = Map.copyOf(commands);
        this.screen = screen;
        this.nanoTime = nanoTime;
    }

    /** A file was saved. From any thread. */
    public void saved() {
        events.add(new Saved());
    }

    /** A key was pressed. From any thread. */
    public void pressed(Key key) {
        events.add(new Pressed(key));
    }

    /** Goes on until the key for the end is pressed. */
    public void run() throws InterruptedException {
        begin();
        while (true) {
            long now = nanoTime.getAsLong();
            Event event = events.poll(checking ? Long.MAX_VALUE : saves.remaining(now), TimeUnit.NANOSECONDS);
            if (event instanceof Saved) {
                save();
            } else if (event instanceof Judged judged) {
                show(judged);
            } else if (event instanceof Pressed pressed && !answer(pressed.key())) {
                return;
            }
            if (!checking && saves.remaining(nanoTime.getAsLong()) == 0) {
                start();
            }
        }
    }

    /** Told at once, though the check waits for more to be saved. */
    private void save() {
        if (!checking && !saves.pending()) {
            screen.checking();
        }
        saves.saved(nanoTime.getAsLong());
    }

    private void begin() {
        screen.checking();
        start();
    }

    private void start() {
        saves.clear();
        boolean allSteps = all;
        all = false;
        checking = true;
        long start = nanoTime.getAsLong();
        checks.execute(() -> {
            Verdict verdict = verdict(allSteps);
            events.add(new Judged(verdict, Duration.ofNanos(nanoTime.getAsLong() - start)));
        });
    }

    private Verdict verdict(boolean allSteps) {
        try {
            return check.run(allSteps, screen::progress);
        } catch (RuntimeException | Error e) {
            return Verdict.unjudged("The check itself has failed: " + e);
        }
    }

    private void show(Judged judged) {
        checking = false;
        screen.verdict(judged.verdict(), announcement(judged.verdict()), judged.duration());
        if (saves.pending()) {
            screen.checking();
        }
    }

    /** Which steps were done since the last verdict. */
    private String announcement(Verdict verdict) {
        int before = step;
        if (verdict.kind() == Verdict.Kind.RED && verdict.step() > 0) {
            step = verdict.step();
            return before > 0 && step > before
                    ? (step - before == 1 ? "Step " + before + " is" : "Steps " + before + " to " + (step - 1) + " are")
                            + " done. On to step " + step + "."
                    : "";
        }
        return "";
    }

    /** Whether to go on. */
    private boolean answer(Key key) {
        switch (key) {
            case QUIT -> {
                return false;
            }
            case HELP -> screen.line(Key.help());
            case ALL, AGAIN -> again(key == Key.ALL);
            default -> {
                command(key);
                screen.keys("");
            }
        }
        return true;
    }

    private void again(boolean allSteps) {
        all |= allSteps;
        save();
    }

    private void command(Key key) {
        try {
            screen.line("");
            commands.getOrDefault(key, () -> {}).run();
        } catch (RuntimeException e) {
            screen.line(String.valueOf(e.getMessage()));
        }
    }

    /** Breaks off a check that is going on, and waits until it has cleared up. */
    @Override
    public void close() {
        checks.shutdownNow();
        try {
            checks.awaitTermination(PARTING.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
