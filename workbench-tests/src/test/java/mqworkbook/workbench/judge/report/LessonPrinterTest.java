package mqworkbook.workbench.judge.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.judge.Todo;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.story.Story;
import org.junit.jupiter.api.Test;

/** Tests of {@link LessonPrinter}: the exact text. */
class LessonPrinterTest {

    private static final String TOPOLOGY = "mqworkbook.decoupling.Topology";

    private final LessonPrinter printer = new LessonPrinter(Style.PLAIN, new FakePlaces());

    @Test
    void whatIsToBeDone() {
        Todo todo = new Todo(2, "Declare the topic exchange for order events and the exchange for dead letters.");
        todo.setStackTrace(new StackTraceElement[] {frame(TOPOLOGY, 23), frame("org.junit.Test", 1)});
        StepResult first = step(1, "The event contract: readers ignore fields that they do not know", true)
                .with(StepState.DONE, passed("a"), passed("b"));
        StepResult second = step(2, "Topology: each subscriber has a durable queue of its own", true)
                .with(StepState.TODO, failed("each subscriber gets its own copy", todo), failed("none is lost", todo));
        StepResult third = step(3, "Failure: cuts, crashes and restarts lose no event, and everybody goes on", false)
                .with(StepState.WAITING);
        assertThat(printer.text(lesson(first, second, third))).isEqualTo("""

                01 Decoupling: one order, many listeners

                  [done]    Step 1  The event contract: readers ignore fields that they do not know           2 of 2
                  [to do]   Step 2  Topology: each subscriber has a durable queue of its own                  0 of 2
                  [waiting] Step 3  Failure: cuts, crashes and restarts lose no event, and everybody goes on
                                    (stretch)                                                                 0 of 2

                Step 2, to do: Declare the topic exchange for order events and the exchange for dead letters.
                  Where    lessons/01-decoupling/src/main/java/mqworkbook/decoupling/Topology.java:23
                  Hint     lessons/01-decoupling/hints/step-2.md
                """);
    }

    @Test
    void aWrongAnswer() {
        Wrong wrong = Wrong.that("inventory has no queue of its own")
                .seen("there is no queue s1.inventory\nthere is no queue s1.points")
                .means(
                        "Subscribers that share one queue compete: each order reaches inventory, or points, but not both,"
                                + " and nobody notices for weeks.")
                .suspect("one shared queue for all subscribers");
        assertThat(message(wrong)).isEqualTo("""

                Step 2, wrong: each subscriber gets its own copy

                  inventory has no queue of its own
                  Seen     there is no queue s1.inventory
                           there is no queue s1.points
                  Means    Subscribers that share one queue compete: each order reaches inventory, or points, but
                           not both, and nobody notices for weeks.
                  Suspect  one shared queue for all subscribers
                  Where    lessons/01-decoupling/src/main/java/mqworkbook/decoupling/Topology.java:17
                  Hint     lessons/01-decoupling/hints/step-2.md
                """);
    }

    @Test
    void anExceptionOfTheLearners() {
        Exception cause = new IllegalArgumentException("no such exchange");
        cause.setStackTrace(Stream.iterate(31, line -> line + 1)
                .limit(9)
                .map(line -> frame(line % 2 == 0 ? "com.rabbitmq.Client" : TOPOLOGY, line))
                .toArray(StackTraceElement[]::new));
        assertThat(message(new IllegalStateException("closed", cause))).isEqualTo("""

                Step 2, wrong: each subscriber gets its own copy

                  IllegalStateException: closed
                    at Topology.call (Topology.java:31)
                    at Topology.call (Topology.java:33)
                    at Topology.call (Topology.java:35)
                    at Topology.call (Topology.java:37)
                    at Topology.call (Topology.java:39)
                  Caused by IllegalArgumentException: no such exchange
                  Where    lessons/01-decoupling/src/main/java/mqworkbook/decoupling/Topology.java:31
                  Hint     lessons/01-decoupling/hints/step-2.md
                """);
    }

    @Test
    void aProblemBehindAFailure() {
        Wrong wrong = Wrong.that("E-1 is lost");
        wrong.addSuppressed(
                Wrong.that("An exception ended the thread \"consumer\"").seen("StackOverflowError"));
        assertThat(message(wrong)).contains("""
                  E-1 is lost
                  Also     An exception ended the thread "consumer"
                           StackOverflowError
                """);
    }

    @Test
    void aFailureWithAStoryNamesItsCommandWhereResultsAreKept() {
        Wrong wrong = Wrong.that("E-1 is lost");
        TestResult failed = new TestResult(
                "lost", "lost", TestResult.State.FAILED, wrong, "", 1, new Story(List.of("shop"), List.of()));
        LessonResult storied = lesson(step(2, "Topology", true).with(StepState.WRONG, failed));

        assertThat(new LessonPrinter(Style.PLAIN, new FakePlaces() {
                            @Override
                            public Optional<String> story(String lesson) {
                                return Optional.of("./workbook story " + lesson);
                            }
                        })
                        .message(storied))
                .endsWith("  Story    ./workbook story 01\n");
        assertThat(printer.message(storied)).doesNotContain("Story");
    }

    @Test
    void noBrokerIsNoWrongAnswer() {
        Throwable noBroker = new BrokerUnavailableException("RabbitMQ is not here. Run ./workbook doctor.");
        assertThat(message(new IllegalStateException("cannot open", noBroker))).isEqualTo("""

                Step 2 could not be judged, for want of a broker: RabbitMQ is not here. Run ./workbook doctor.
                """);
        assertThat(StepState.of(List.of(failed("any", noBroker)), 1)).isEqualTo(StepState.NOT_RUN);
        Failure outside = new Failure(Optional.empty(), "DecouplingTest", noBroker);
        assertThat(printer.message(new LessonResult("01", "Decoupling", List.of(), List.of(outside))))
                .isEqualTo("""

                Lesson 01 could not be judged, for want of a broker: RabbitMQ is not here. Run ./workbook doctor.
                """);
    }

    @Test
    void allGreen() {
        StepResult done = step(1, "The event contract", true).with(StepState.DONE, passed("a"), passed("b"));
        assertThat(printer.message(lesson(done))).isEqualTo("\nLesson 01 is done.\n");
        StepResult left = step(2, "Topology", true).with(StepState.NOT_RUN);
        assertThat(printer.message(lesson(done, left))).isEqualTo("\nAll that ran has passed. Not run: step 2.\n");
        assertThat(printer.message(lesson(left))).isEqualTo("\nNo test of lesson 01 ran.\n");
    }

    @Test
    void ofASelectionOnlyWhatWasAskedForIsCounted() {
        NewStep step = step(2, "Topology", true);
        assertThat(printer.line(step.with(StepState.WRONG, failed("a", new IllegalStateException()))))
                .endsWith("0 of 1\n");
        assertThat(printer.line(step.with(StepState.PARTLY, passed("a")))).endsWith("1 of 2\n");
    }

    @Test
    void whatWasSkippedIsNamed() {
        TestResult skipped = new TestResult(
                "b",
                "a restart loses nothing",
                TestResult.State.SKIPPED,
                null,
                "this broker is not ours to restart",
                0);
        StepResult done = step(1, "Failure", true).with(StepState.DONE, passed("a"), skipped);
        assertThat(printer.text(lesson(done))).endsWith("""
                  Skipped in step 1: a restart loses nothing: this broker is not ours to restart
                Lesson 01 is done.
                """);
    }

    @Test
    void symbolsAndColours() {
        StepResult done = step(1, "The event contract", true).with(StepState.DONE, passed("a"), passed("b"));
        String symbols = new LessonPrinter(new Style(true, false, 60), new FakePlaces()).line(done);
        assertThat(symbols).isEqualTo("  \u2714 done    Step 1  The event contract                2 of 2\n");
        String colours = new LessonPrinter(new Style(false, true, 60), new FakePlaces()).line(done);
        assertThat(colours).startsWith("  \u001b[32m[done]\u001b[0m    Step 1");
        assertThat(colours.replaceAll("\u001b\\[\\d+m", "")).hasSize(symbols.length());
    }

    private String message(Throwable thrown) {
        StepResult red = step(2, "Topology", true)
                .with(StepState.WRONG, passed("a"), failed("each subscriber gets its own copy", thrown));
        return printer.message(lesson(red));
    }

    private static LessonResult lesson(StepResult... steps) {
        return new LessonResult("01", "Decoupling: one order, many listeners", List.of(steps), List.of());
    }

    private record NewStep(int number, String title, boolean core) {
        StepResult with(StepState state, TestResult... tests) {
            return new StepResult(number, title, core, 5, "Topology#declareSubscriber", state, 0, 2, List.of(tests));
        }
    }

    private static NewStep step(int number, String title, boolean core) {
        return new NewStep(number, title, core);
    }

    private static TestResult passed(String name) {
        return new TestResult(name, name, TestResult.State.PASSED, null, "", 1);
    }

    private static TestResult failed(String name, Throwable thrown) {
        return new TestResult(name, name, TestResult.State.FAILED, thrown, "", 1);
    }

    private static StackTraceElement frame(String type, int line) {
        return new StackTraceElement(type, "call", type.substring(type.lastIndexOf('.') + 1) + ".java", line);
    }

    /** A workbook in which the learner's only class is the topology. */
    private static class FakePlaces implements Places {

        @Override
        public List<StackTraceElement> learnerFrames(Throwable thrown) {
            Throwable last = thrown;
            while (last.getCause() != null) {
                last = last.getCause();
            }
            return Stream.of(last.getStackTrace())
                    .filter(frame -> frame.getClassName().equals(TOPOLOGY))
                    .toList();
        }

        @Override
        public Optional<String> line(StackTraceElement frame) {
            return Optional.of("lessons/01-decoupling/src/main/java/mqworkbook/decoupling/" + frame.getFileName() + ":"
                    + frame.getLineNumber());
        }

        @Override
        public Optional<String> method(String method) {
            return method.equals("Topology#declareSubscriber") ? line(frame(TOPOLOGY, 17)) : Optional.empty();
        }

        @Override
        public Optional<String> hint(String lesson, int step) {
            return Optional.of("lessons/" + lesson + "-decoupling/hints/step-" + step + ".md");
        }
    }
}
