package mqworkbook.async;

import java.util.List;
import java.util.stream.Stream;
import mqworkbook.async.video.Status;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.kafka.KafkaFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step2Work {

    private Studio studio;

    @BeforeEach
    void open(KafkaFixture kafka) {
        studio = new Studio(kafka, 2);
    }

    @AfterEach
    void close() {
        studio.close();
    }

    @TestFactory
    @Order(1)
    @DisplayName("for any repetitions and crashes of a job")
    Stream<DynamicTest> pureProperties() {
        return StepProperties.of(ProcessorProperties.class);
    }

    @Test
    @Order(2)
    @DisplayName("videos that were uploaded before the first worker started are worked on, and their owners told")
    void worked() {
        String first = studio.enqueue(0);
        String second = studio.enqueue(0);
        String banned = studio.enqueue(1);
        studio.work().ban(banned);
        studio.run("worker 1");
        studio.expectOutcome(Status.READY, first, second);
        studio.expectOutcome(Status.REJECTED, banned);
        studio.expectAllCommitted();
    }

    @Test
    @Order(3)
    @DisplayName("the status can be asked for at any time")
    void status() {
        String video = Studio.newId();
        studio.work().hold(video);
        studio.enqueue(video, 0);
        studio.run("worker 1");
        studio.expectAtWork(video);
        if (studio.statuses().now(video).orElseThrow() != Status.PROCESSING) {
            throw Wrong.that("A video that is at work must be PROCESSING")
                    .seen(video + " is being transcoded; it went through "
                            + studio.statuses().past(video));
        }
        studio.work().release(video);
        studio.expectOutcome(Status.READY, video);
        List<Status> past = studio.statuses().past(video).stream().distinct().toList();
        if (!past.equals(List.of(Status.QUEUED, Status.PROCESSING, Status.READY))) {
            throw Wrong.that("The statuses of a video come in the wrong order")
                    .seen(video + " went through " + studio.statuses().past(video))
                    .suspect("PROCESSING written after the work had begun");
        }
    }

    @Test
    @Order(4)
    @Tag("fault")
    @DisplayName("nothing is committed that is still at work, and who takes over is given it")
    void committedAfterTheWork() {
        String video = Studio.newId();
        String next = Studio.newId();
        studio.work().hold(video);
        studio.enqueue(video, 0);
        studio.enqueue(next, 0);
        Machine first = studio.run("worker 1");
        studio.expectAtWork(video);
        studio.expectNothingUndoneCommitted("nothing at work is committed");
        studio.kill(first);
        studio.work().release(video);
        studio.run("worker 2");
        studio.expectOutcome(Status.READY, video, next);
        studio.expectAllCommitted();
    }

    @Test
    @Order(5)
    @Tag("fault")
    @DisplayName("a worker that dies between the final status and the mail leaves the mail to the next")
    void diesBeforeTheMail() {
        String video = Studio.newId();
        Machine first = studio.machine("worker 1").dyingAt(point -> point.equals("tell " + video));
        studio.enqueue(video, 0);
        studio.run(first);
        expectDead(first, video);
        studio.run("worker 2");
        studio.expectOutcome(Status.READY, video);
    }

    @Test
    @Order(6)
    @Tag("fault")
    @DisplayName("a worker that dies between the mail and the commit sends no second mail")
    void diesAfterTheMail() {
        String video = Studio.newId();
        Machine first = studio.machine("worker 1").dyingAt(point -> point.equals(video + " is told"));
        studio.enqueue(video, 0);
        studio.run(first);
        expectDead(first, video);
        studio.run("worker 2");
        studio.expectAllCommitted();
        studio.expectOutcome(Status.READY, video);
        expectOneMail(video);
    }

    @Test
    @Order(7)
    @DisplayName("what is committed is not worked on again after a restart")
    void restarted() {
        String video = studio.enqueue(0);
        Machine first = studio.run("worker 1");
        studio.expectOutcome(Status.READY, video);
        studio.expectAllCommitted();
        studio.kill(first);
        studio.run("worker 2");
        String next = studio.enqueue(0);
        studio.expectOutcome(Status.READY, next);
        if (studio.work().attempts(video) > 1) {
            throw Wrong.that("A video that was done and committed was worked on again")
                    .seen(video + ": " + studio.describe(video))
                    .suspect("the record's own offset committed in place of the next, or no commit at all");
        }
    }

    @Test
    @Order(8)
    @DisplayName("a job that comes twice has one outcome and one mail")
    void twice() {
        String ready = studio.enqueue(0);
        String banned = Studio.newId();
        studio.work().ban(banned);
        studio.enqueue(banned, 1);
        studio.run("worker 1");
        studio.expectOutcome(Status.READY, ready);
        studio.expectOutcome(Status.REJECTED, banned);
        studio.enqueueAgain(ready, 0);
        studio.enqueueAgain(banned, 1);
        studio.expectAllCommitted();
        studio.expectOutcome(Status.READY, ready);
        studio.expectOutcome(Status.REJECTED, banned);
        expectOneMail(ready);
        expectOneMail(banned);
    }

    private void expectOneMail(String video) {
        if (studio.mail().count(video) != 1) {
            throw Wrong.that("The owner of " + video + " got " + studio.mail().count(video) + " mails for one upload")
                    .seen(studio.describe(video));
        }
    }

    private static void expectDead(Machine machine, String video) {
        Eventually.within(Studio.SOON)
                .until(machine.name() + " dies as planned", machine::isDead)
                .orElse(() -> Wrong.that("The owner of " + video + " is never told"));
    }
}
