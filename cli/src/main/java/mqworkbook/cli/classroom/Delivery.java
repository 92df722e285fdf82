package mqworkbook.cli.classroom;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends progress, and never keeps the learner waiting: not for a name server, nor for a folder that hangs. */
final class Delivery {

    static final Duration LIMIT = Duration.ofSeconds(2);
    static final String TOO_SLOW = "it does not answer within 2 seconds";

    private Delivery() {}

    /** Gets ready beside whatever else goes on. */
    static void prepare(Classroom classroom, LearnerProgress progress) {
        Thread preparation = new Thread(
                () -> {
                    try {
                        ProgressJson.write(progress);
                        classroom.prepare();
                    } catch (IOException | RuntimeException e) {
                        // Sending meets it again, and tells it.
                    }
                },
                "share-progress");
        preparation.setDaemon(true);
        preparation.start();
    }

    /** Sends it within two seconds; what went wrong, else empty. Whatever still goes on then ends with the process. */
    static Optional<String> send(Classroom classroom, LearnerProgress progress) {
        // Before the clock runs: this is our own work.
        String file = FolderClassroom.fileName(progress);
        byte[] document = ProgressJson.write(progress).getBytes(StandardCharsets.UTF_8);
        CompletableFuture<Void> sent = new CompletableFuture<>();
        Thread sender = new Thread(
                () -> {
                    try {
                        classroom.send(file, document);
                        sent.complete(null);
                    } catch (IOException | RuntimeException e) {
                        sent.completeExceptionally(e);
                    }
                },
                "share-progress");
        sender.setDaemon(true);
        sender.start();
        try {
            sent.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return Optional.empty();
        } catch (TimeoutException e) {
            sender.interrupt();
            return Optional.of(TOO_SLOW);
        } catch (ExecutionException e) {
            return Optional.of(String.valueOf(e.getCause().getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }
}
