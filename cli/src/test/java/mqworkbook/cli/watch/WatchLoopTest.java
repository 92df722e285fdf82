package mqworkbook.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.watch.Verdict.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchLoopTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final Checks checks = new Checks();
    private final List<Key> commands = new CopyOnWriteArrayList<>();
    private final WatchLoop loop = new WatchLoop(
            checks,
            Map.of(Key.HINT, () -> commands.add(Key.HINT), Key.NEXT, () -> {
                throw new IllegalStateException("nothing is next");
            }),
            new Screen(new Terminal(new PrintStream(output, true, StandardCharsets.UTF_8), false, false)));
    private final Thread thread = new Thread(this::run, "loop");

    private void run() {
        try {
            loop.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void end() throws InterruptedException {
        loop.pressed(Key.QUIT);
        thread.join();
        loop.close();
    }

    @Test
    void itChecksAtTheBeginningAndAfterASave() {
        thread.start();
        checks.end(red(1, "first"));
        awaitOutput("first");

        loop.saved();

        checks.end(red(1, "second"));
        awaitOutput("second");
        assertThat(text()).containsSubsequence("Checking ...", "first", "q quit", "Checking ...", "second", "q quit");
    }

    @Test
    void savesDuringACheckLeadToOneMoreAfterIt() {
        thread.start();
        checks.awaitRunning();
        for (int save = 0; save < 5; save++) {
            loop.saved();
        }
        checks.end(red(1, "first"));
        checks.end(red(1, "second"));
        awaitOutput("second");

        loop.pressed(Key.HINT);

        await("the key is answered").atMost(LIMIT).until(() -> commands.contains(Key.HINT));
        assertThat(checks.begun).hasValue(2);
        assertThat(checks.mostAtOnce).hasValue(1);
    }

    @Test
    void aStepThatIsDoneIsTold() {
        thread.start();
        checks.end(red(1, "first"));
        awaitOutput("first");
        loop.saved();
        checks.end(red(2, "second"));
        awaitOutput("second");
        loop.saved();
        checks.end(Verdict.unjudged("It does not compile"));
        awaitOutput("It does not compile");
        loop.saved();
        checks.end(red(5, "third"));
        awaitOutput("third");
        loop.saved();
        checks.end(red(3, "fourth"));
        awaitOutput("fourth");

        assertThat(text())
                .containsSubsequence(
                        "Step 1 is done. On to step 2.", "second", "Steps 2 to 4 are done. On to step 5.", "third");
        assertThat(text().lines().filter(line -> line.contains("done"))).hasSize(2);
    }

    @Test
    void allStepsAreRunOnceWhenAskedFor() {
        thread.start();
        checks.end(red(1, "first"));
        awaitOutput("first");
        loop.pressed(Key.ALL);
        checks.end(red(1, "second"));
        awaitOutput("second");
        loop.saved();
        checks.end(red(1, "third"));
        awaitOutput("third");

        assertThat(checks.all).containsExactly(false, true, false);
    }

    @Test
    void keysAreAnsweredDuringACheckAndTheirTroubleIsOneLine() {
        thread.start();
        checks.awaitRunning();

        loop.pressed(Key.HINT);
        loop.pressed(Key.NEXT);
        loop.pressed(Key.HELP);

        awaitOutput("judge the code as it is");
        assertThat(commands).containsExactly(Key.HINT);
        assertThat(text()).contains("nothing is next");
        checks.end(red(1, "first"));
    }

    @Test
    void aCheckThatFailsItselfIsToldAndTheNextOneIsMade() {
        thread.start();
        checks.end(null);
        awaitOutput("The check itself has failed: java.lang.IllegalStateException: no verdict");

        loop.saved();

        checks.end(red(1, "second"));
        awaitOutput("second");
    }

    @Test
    void theEndBreaksOffACheck() throws InterruptedException {
        thread.start();
        checks.awaitRunning();

        loop.pressed(Key.QUIT);
        thread.join();
        loop.close();

        assertThat(checks.interrupted).hasValue(1);
    }

    private static Verdict red(int step, String text) {
        return new Verdict(text, step, Kind.RED);
    }

    private String text() {
        return output.toString(StandardCharsets.UTF_8);
    }

    private void awaitOutput(String text) {
        await("the screen shows " + text).atMost(LIMIT).until(() -> text().contains(text));
    }

    /** Checks that last until they are told how they end. */
    private static final class Checks implements Check {

        private final BlockingQueue<List<Verdict>> ends = new LinkedBlockingQueue<>();
        private final AtomicInteger begun = new AtomicInteger();
        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger mostAtOnce = new AtomicInteger();
        private final AtomicInteger interrupted = new AtomicInteger();
        private final List<Boolean> all = new CopyOnWriteArrayList<>();

        @Override
        public Verdict run(boolean allSteps, Consumer<String> progress) {
            begun.incrementAndGet();
            all.add(allSteps);
            mostAtOnce.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                return ends.take().stream().findFirst().orElseThrow(() -> new IllegalStateException("no verdict"));
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
                throw new IllegalStateException(e);
            } finally {
                running.decrementAndGet();
            }
        }

        /** The next check ends so; without a verdict, by an exception. */
        void end(Verdict verdict) {
            ends.add(verdict == null ? List.of() : List.of(verdict));
        }

        void awaitRunning() {
            await("a check runs").atMost(LIMIT).until(() -> running.get() == 1);
        }
    }
}
