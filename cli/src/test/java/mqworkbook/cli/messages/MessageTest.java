package mqworkbook.cli.messages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MessageTest {

    private static final String WRONG = """

            01 Decoupling: one order, many listeners

              ✔ done    Step 1  The event contract: readers ignore fields that they do not know           6 of 6
              ✘ wrong   Step 4  Consume: acknowledged after the work                                      3 of 13

              Skipped in step 3: a test: not on this broker
            Step 4, wrong: an event whose subscriber dies before the work is
            done is delivered again

              inventory died at work, and the event is gone: it was acknowledged
              before the work was done
              Seen     E-375 was being handled when the process died; its
                       successor was given it 0 times
              Means    A handful of orders were never shipped.
              Suspect  autoAck=true
              Case     Smallest case found: deaths = [1, 2]
              Where    lessons/01-decoupling/src/main/java/mqworkbook/decoupling/SubscriberRunner.java:51
              Hint     lessons/01-decoupling/hints/step-4.md

            2026-11-30 a client library goes on
            """;

    @Test
    void aMessageIsFoundInWhatARunHasPrinted() {
        Message message = Message.parse(WRONG).orElseThrow();

        assertThat(message.verdict()).isEqualTo("Step 4, wrong");
        assertThat(message.subject())
                .isEqualTo("an event whose subscriber dies before the work is done is delivered again");
        assertThat(message.headline())
                .isEqualTo(
                        "inventory died at work, and the event is gone: it was acknowledged before the work was done");
        assertThat(message.field("Seen"))
                .isEqualTo("E-375 was being handled when the process died; its successor was given it 0 times");
        assertThat(message.field("Suspect")).isEqualTo("autoAck=true");
        assertThat(message.isWrong()).isTrue();
    }

    @Test
    void theNormalFormHoldsWhatIsTheSameInEachRun() {
        assertThat(Message.parse(WRONG).orElseThrow().normal().text()).isEqualTo("""
                        Step 4, wrong: an event whose subscriber dies before the work is done is delivered again

                          inventory died at work, and the event is gone: it was acknowledged before the work was done
                          Seen     E-N was being handled when the process died; its successor was given it N times
                          Means    A handful of orders were never shipped.
                          Suspect  autoAck=true
                          Where    SubscriberRunner.java
                        """);
    }

    @Test
    void aToDoHasAGoalAndAPlace() {
        Message message = Message.parse("""
                Step 1, to do: Write the event as one
                JSON object.
                  Where    src/main/java/EventCodec.java:12
                  Hint     lessons/01-decoupling/hints/step-1.md
                """).orElseThrow();

        assertThat(message.isWrong()).isFalse();
        assertThat(message.normal().text())
                .isEqualTo("Step 1, to do: Write the event as one JSON object.\n  Where    EventCodec.java\n");
    }

    @Test
    void ofAnExceptionItsStackIsLeftOut() {
        Message message = Message.parse("""
                Step 2, wrong: it binds

                  IllegalStateException: no queue
                    at Topology.declare (Topology.java:31)
                    at Shop.open (Shop.java:7)
                  Caused by IOException: gone
                  Where    Topology.java:31
                """).orElseThrow();

        assertThat(message.headline()).isEqualTo("IllegalStateException: no queue Caused by IOException: gone");
    }

    @Test
    void aHeadlineMayBeginLikeALabel() {
        Message message = Message.parse("Step 2, wrong: once\n\n  Seen twice\n  Seen     E-1\n")
                .orElseThrow();

        assertThat(message.headline()).isEqualTo("Seen twice");
        assertThat(message.field("Seen")).isEqualTo("E-1");
    }

    @Test
    void aTestOfAResultFileReadsLikeTheMessageAboutIt() {
        Message message = Message.ofTest(
                4,
                "nothing is lost",
                "An event is gone\n  Seen: E-1,\n    and E-2\n  Means: No order.\n  Suspect: autoAck");

        assertThat(message).isEqualTo(Message.parse("""
                        Step 4, wrong: nothing is lost

                          An event is gone
                          Seen     E-1,
                                   and E-2
                          Means    No order.
                          Suspect  autoAck
                        """).orElseThrow());
    }

    @Test
    void whatTellsOfNoProblemIsNoMessage() {
        assertThat(Message.parse("\nLesson 01 is done.\n")).isEmpty();
        assertThat(Message.parse("")).isEmpty();
    }
}
