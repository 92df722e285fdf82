package mqworkbook.workbench.judge.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import mqworkbook.workbench.judge.learner.LearnerCode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests of {@link HangGuard} and of what it says. */
class HangGuardTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final StuckAnswer answer = new StuckAnswer();
    private LearnerCode learner;

    @BeforeEach
    void theAnswerIsTheLearners(@TempDir Path sources) throws IOException {
        Path file = sources.resolve(StuckAnswer.class.getName().replace('.', '/') + ".java");
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        learner = new LearnerCode(List.of(sources));
    }

    @AfterEach
    void nothingIsLeft() {
        answer.stop();
    }

    @Nested
    class CodeThatComesBack {

        @Test
        void returnsItsResult() throws Throwable {
            assertThat(HangGuard.run(() -> "done", LONG, learner)).isEqualTo("done");
        }

        @Test
        void throwsWhatItThrowsUnchanged() {
            for (Throwable thrown :
                    List.of(new StackOverflowError(), new OutOfMemoryError("heap"), new IOException(), new Error())) {
                assertThatThrownBy(() -> HangGuard.run(
                                () -> {
                                    throw thrown;
                                },
                                LONG,
                                learner))
                        .isSameAs(thrown);
            }
        }

        @Test
        void aRealStackOverflowIsOne() {
            assertThatThrownBy(() -> HangGuard.run(() -> endless(0), LONG, learner))
                    .isInstanceOf(StackOverflowError.class);
        }

        @Test
        void seesTheCallersClassLoader() throws Throwable {
            ClassLoader before = Thread.currentThread().getContextClassLoader();
            ClassLoader own = new ClassLoader(before) {};
            Thread.currentThread().setContextClassLoader(own);
            try {
                ClassLoader seen = HangGuard.run(() -> Thread.currentThread().getContextClassLoader(), LONG, learner);
                assertThat(seen).isSameAs(own);
            } finally {
                Thread.currentThread().setContextClassLoader(before);
            }
        }

        private int endless(int depth) {
            return endless(depth + 1) + 1;
        }
    }

    @Nested
    class CodeThatDoesNot {

        @Test
        void isToldWithTheLineAndTheCallThatWaits() {
            assertThatThrownBy(() -> HangGuard.run(run(answer::publish), SHORT, learner))
                    .isInstanceOf(TookTooLong.class)
                    .hasMessage("Your code did not come back within 300 ms: it is at StuckAnswer.publish"
                            + " (StuckAnswer.java:15), waiting in CompletableFuture.get");
        }

        @Test
        void isInterrupted() throws Exception {
            AtomicReference<Throwable> ended = new AtomicReference<>();
            CountDownLatch over = new CountDownLatch(1);
            HangGuard.Task<Void> task = () -> {
                try {
                    answer.publish();
                } catch (InterruptedException e) {
                    ended.set(e);
                }
                over.countDown();
                return null;
            };
            assertThatThrownBy(() -> HangGuard.run(task, SHORT, learner)).isInstanceOf(TookTooLong.class);
            over.await();
            assertThat(ended.get()).isInstanceOf(InterruptedException.class);
        }

        @Test
        void isAbandonedWhenItIgnoresTheInterrupt() {
            assertThatThrownBy(() -> HangGuard.run(run(answer::publishStubbornly), SHORT, learner))
                    .hasMessageContaining("at StuckAnswer.publishStubbornly")
                    .hasMessageEndingWith("waiting in CountDownLatch.await");
            assertThat(worker().isDaemon()).isTrue();
            answer.stop();
            worker().interrupt();
        }

        @Test
        void isAbandonedInAnEndlessLoop() {
            assertThatThrownBy(() -> HangGuard.run(run(answer::spin), SHORT, learner))
                    .hasMessageMatching("Your code did not come back within 300 ms: it is at StuckAnswer\\.spin"
                            + " \\(StuckAnswer\\.java:\\d+\\)(, in Thread\\.onSpinWait)?");
            assertThat(worker().isDaemon()).isTrue();
            answer.stop();
            Awaitility.await("the loop ends when it is told to").until(() -> workers() == 0);
        }

        @Test
        void itsStackIsTheLearners() {
            assertThatThrownBy(() -> HangGuard.run(run(answer::publish), SHORT, learner))
                    .satisfies(hang -> assertThat(learner.firstFrame(hang))
                            .get()
                            .extracting(StackTraceElement::getMethodName)
                            .isEqualTo("publish"));
        }

        @Test
        void isFoundOnTheThreadWhereItIs() throws InterruptedException {
            Thread consumer = new Thread(answer::publishStubbornly, "consumer-1");
            consumer.setDaemon(true);
            consumer.start();
            answer.awaitReached();
            Awaitility.await("the consumer waits").until(() -> consumer.getState() == Thread.State.WAITING);
            try {
                assertThatThrownBy(() -> HangGuard.run(run(new CountDownLatch(1)::await), SHORT, learner))
                        .hasMessageMatching("The test did not come back within 300 ms: it is at"
                                + " HangGuardTest\\S+ \\(HangGuardTest\\.java:\\d+\\), waiting in CountDownLatch\\.await,"
                                + " and your code is not running in it\n"
                                + "Your code is at StuckAnswer\\.publishStubbornly \\(StuckAnswer\\.java:23\\), waiting in"
                                + " CountDownLatch\\.await, on thread \"consumer-1\"");
            } finally {
                answer.stop();
                consumer.interrupt();
                consumer.join();
            }
        }

        private HangGuard.Task<Void> run(Body body) {
            return () -> {
                body.run();
                return null;
            };
        }

        private Thread worker() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("judge"))
                    .filter(thread -> !thread.equals(Thread.currentThread()))
                    .findFirst()
                    .orElseThrow();
        }

        private long workers() {
            return Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("judge"))
                    .count();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-agentlib:jdwp=transport=dt_socket,server=y", "-Xrunjdwp:transport=dt_socket"})
    void aDebuggerIsKnownByItsAgent(String argument) {
        assertThat(Debugger.isAskedForBy(List.of("-Xmx1g", argument))).isTrue();
        assertThat(Debugger.isAskedForBy(List.of("-Xmx1g", "-javaagent:jdwp.jar")))
                .isFalse();
    }

    private interface Body {
        void run() throws Exception;
    }
}
