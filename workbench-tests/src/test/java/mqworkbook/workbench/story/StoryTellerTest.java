package mqworkbook.workbench.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import mqworkbook.workbench.brokers.BrokerKind;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StoryTellerTest {

    @Nested
    class RabbitMq {

        private final Tape tape = new Tape(BrokerKind.RABBITMQ);

        @Test
        void tagsLeadFromAnswersToTheirMessages() {
            publish("E-1");
            publish("E-2").came("shop", "basic.ack", "delivery-tag", 2L, "multiple", true);
            deliver(1, "E-1").sent("stock", "basic.nack", "delivery-tag", 1L, "requeue", true);
            tape.came("stock", "basic.deliver", "delivery-tag", 2L, "message-id", "E-1", "redelivered", true);

            assertThat(tape.told("E-1 is gone, E-12 is not"))
                    .containsExactly(
                            "shop > RabbitMQ publish E-1 (to orders, placed) *",
                            "RabbitMQ > shop confirm E-1 +1 *",
                            "RabbitMQ > stock deliver E-1 *",
                            "stock > RabbitMQ nack E-1 (back into the queue) *",
                            "RabbitMQ > stock redeliver E-1 *");
        }

        @Test
        void aMessageWithoutAnIdOfItsEventIsKnownByItsBody() {
            tape.sent("shop", "basic.publish", "exchange", "", "routing-key", "mqw-1.due", "body", "{\"id\":\"P-7\"}");

            assertThat(tape.told("P-7 is lost")).containsExactly("shop > RabbitMQ publish P-7 (to due) *");
        }

        @Test
        void automaticAcknowledgementIsTold() {
            tape.sent("stock", "basic.consume", "no-ack", true, "queue", "mqw-1.orders.stock");
            deliver(1, "E-1");

            assertThat(tape.told("E-1"))
                    .containsExactly(
                            "stock > RabbitMQ consume (auto-ack, orders.stock)",
                            "RabbitMQ > stock deliver E-1 (auto-ack) *");
        }

        @Test
        void harmIsToldOnceAndTheEndOfTheTestIsNone() {
            publish("E-1");
            tape.history().fault("stock dies");
            tape.fault("stock", "refuse")
                    .cut("stock", "refuse")
                    .cut("shop", "before basic.ack")
                    .cut("shop", "relay closed");

            assertThat(tape.told("E-1").subList(1, 3))
                    .containsExactly("stock dies !", "shop > RabbitMQ cut (before basic.ack) !");
            assertThat(tape.told("E-1")).hasSize(3);
        }

        @Test
        void aConfirmThatTheBrokerNeverGaveIsTold() {
            tape.history().attempted("shop", "E-1");
            publish("E-1");
            tape.history().confirmed("shop", "E-1");
            tape.history().attempted("shop", "E-2");
            publish("E-2").came("shop", "basic.ack", "delivery-tag", 2L);
            tape.history().confirmed("shop", "E-2");

            assertThat(tape.told("E-1 and E-2"))
                    .containsExactly(
                            "shop > RabbitMQ publish E-1 (to orders, placed) *",
                            "shop tells: confirmed E-1 *",
                            "shop > RabbitMQ publish E-2 (to orders, placed) *",
                            "RabbitMQ > shop confirm E-2 *");
        }

        @Test
        void whatTheFailureDoesNotNameIsLeftOutUnlessItNamesNothing() {
            publish("E-1")
                    .sent("shop", "basic.publish", "exchange", "orders", "routing-key", "placed", "message-id", "E-2");

            assertThat(tape.told("E-2 is lost")).hasSize(1);
            assertThat(tape.told("the queue is not durable"))
                    .containsExactly(
                            "shop > RabbitMQ publish E-1 (to orders, placed)",
                            "shop > RabbitMQ publish E-2 (to orders, placed)");
        }

        @Test
        void aLongRunIsFolded() {
            publish("E-1");
            for (int i = 1; i <= 400; i++) {
                deliver(i, "E-1").sent("stock", "basic.nack", "delivery-tag", (long) i, "requeue", true);
            }

            List<String> told = tape.told("E-1");

            assertThat(told).hasSizeLessThan(70).first().asString().contains("publish");
            assertThat(told).last().asString().contains("nack");
            assertThat(told).anyMatch(line -> line.startsWith("... "));
            int folded = told.stream()
                    .filter(line -> line.startsWith("... "))
                    .mapToInt(line -> Integer.parseInt(line.substring(4)))
                    .sum();
            assertThat(folded
                            + told.stream()
                                    .filter(line -> !line.startsWith("... "))
                                    .count())
                    .isEqualTo(801);
        }

        @Test
        void nothingThatPassedIsNoStory() {
            tape.history().fault("broker restarts");

            assertThat(tape.story("E-1 is lost")).isEmpty();
        }

        @Test
        void sendersComeBeforeBrokersAndTheseBeforeReceivers() {
            deliver(1, "E-1");
            publish("E-1");
            tape.history().applied("stock", "E-1");

            assertThat(tape.story("E-1").orElseThrow().lanes()).containsExactly("shop", "RabbitMQ", "stock");
        }

        private Tape publish(String id) {
            return tape.sent("shop", "basic.publish", "exchange", "orders", "routing-key", "placed", "message-id", id);
        }

        private Tape deliver(long tag, String id) {
            return tape.came("stock", "basic.deliver", "delivery-tag", tag, "message-id", id);
        }
    }

    @Nested
    class Kafka {

        @Test
        void offsetsLeadToTheKeysOfTheirRecords() {
            Tape tape = new Tape(BrokerKind.KAFKA);
            tape.sent("shop", "Produce", "topic", "mqw-1.jobs", "partition", 0, "keys", List.of("V-1", "V-2"));
            tape.came(
                    "shop",
                    "Produce",
                    "topic",
                    "mqw-1.jobs",
                    "partition",
                    0,
                    "keys",
                    List.of("V-1", "V-2"),
                    "base-offset",
                    4L);
            fetched(tape, 4, 5);
            tape.sent("worker", "OffsetCommit", "group-id", "w", "topic", "mqw-1.jobs", "partition", 0, "offset", 5L);
            fetched(tape, 4, 5);

            assertThat(tape.told("V-1 is not done"))
                    .containsExactly(
                            "shop > Kafka produce V-1 +1 (jobs-0) *",
                            "Kafka > shop confirm V-1 +1 (offset 4 of jobs-0) *",
                            "Kafka > worker deliver V-1 +1 (offsets 4-5 of jobs-0) *",
                            "worker > Kafka commit V-1 (up to offset 5 of jobs-0) *",
                            "Kafka > worker redeliver V-1 +1 (offsets 4-5 of jobs-0) *");
        }

        @Test
        void keysOfRecordsThatNobodyWasSeenToProduceComeWithTheFetch() {
            Tape tape = new Tape(BrokerKind.KAFKA);
            tape.came(
                    "worker",
                    "Fetch",
                    "topic",
                    "jobs",
                    "partition",
                    1,
                    "first-offset",
                    0L,
                    "last-offset",
                    0L,
                    "record-count",
                    1L,
                    "delivered-keys",
                    List.of("V-9"));

            assertThat(tape.told("V-9")).containsExactly("Kafka > worker deliver V-9 (offset 0 of jobs-1) *");
        }

        private void fetched(Tape tape, long first, long last) {
            tape.came(
                    "worker",
                    "Fetch",
                    "topic",
                    "mqw-1.jobs",
                    "partition",
                    0,
                    "first-offset",
                    first,
                    "last-offset",
                    last,
                    "record-count",
                    last - first + 1);
        }
    }

    @Nested
    class RocketMq {

        @Test
        void changesOfOneOrderAreToldByTheirFullNamesAndTheSwappedOnesAreMarked() {
            Tape tape = new Tape(BrokerKind.ROCKETMQ);
            for (int i = 1; i <= 3; i++) {
                tape.history().attempted("judge", "O-7 #" + i);
                tape.sent("judge", "SEND_MESSAGE_V2", "KEYS", "O-7", "UNIQ_KEY", "u" + i, "opaque", i, "queueId", "2");
                tape.came(
                        "judge",
                        "SEND_MESSAGE_V2",
                        "code",
                        "SUCCESS",
                        "opaque",
                        i,
                        "queueId",
                        "2",
                        "queueOffset",
                        "" + i);
            }
            tape.came("warehouse", "PULL_MESSAGE", "messages", List.of("O-6", "O-7", "O-7", "O-7"));
            tape.history().applied("warehouse", "O-7 #2");
            tape.history().applied("warehouse", "O-7 #1");

            assertThat(tape.told("O-7 #2 was begun; O-7 #1 was not done"))
                    .containsExactly(
                            "judge > RocketMQ send O-7 #1 (queue 2) *",
                            "RocketMQ > judge confirm O-7 #1 (queue 2, offset 1) *",
                            "judge > RocketMQ send O-7 #2 (queue 2) *",
                            "RocketMQ > judge confirm O-7 #2 (queue 2, offset 2) *",
                            "judge > RocketMQ send O-7 #3 (queue 2)",
                            "RocketMQ > judge confirm O-7 #3 (queue 2, offset 3)",
                            "RocketMQ > warehouse deliver O-7 x3 +1",
                            "warehouse applies O-7 #2 *",
                            "warehouse applies O-7 #1 *");
        }
    }

    @Nested
    class Redis {

        @Test
        void aReplyIsToTheOldestCommandOfItsName() {
            Tape tape = new Tape(BrokerKind.REDIS);
            tape.sent("node", "zrem", "arguments", List.of("mqw-1.timeouts", "O-8|2026"));
            tape.sent("node", "zrem", "arguments", List.of("mqw-1.timeouts", "O-9|2026"));
            tape.came("node", "zrem", "value", 1).came("node", "zrem", "value", 0);

            assertThat(tape.told("O-9 twice"))
                    .containsExactly(
                            "node > Redis zrem O-9 ([timeouts, O-9|2026]) *", "Redis > node reply O-9 (zrem: 0) *");
        }

        @Test
        void anErrorIsToldAsOne() {
            Tape tape = new Tape(BrokerKind.REDIS);
            tape.sent("node", "xadd", "arguments", List.of("log", "F-3")).came("node", "xadd", "error", "ERR smaller");

            assertThat(tape.told("F-3"))
                    .containsExactly(
                            "node > Redis xadd F-3 ([log, F-3]) *", "Redis > node error F-3 (xadd: ERR smaller) *");
        }
    }

    @Test
    void foldedItKeepsWhatMattersInTheOrderOfTime() {
        List<Scene> scenes = IntStream.range(0, 100)
                .mapToObj(i -> new Scene(i, "a", "b", "step " + i, "E-" + i, "", i == 50, i == 60, 0))
                .toList();

        Story folded = new Story(List.of("a", "b"), scenes).folded(6);

        assertThat(folded.scenes())
                .extracting(Scene::what)
                .containsExactly("step 0", "step 1", "", "step 50", "", "step 60", "", "step 98", "step 99");
        assertThat(folded.scenes()).extracting(Scene::more).containsExactly(0, 0, 48, 0, 9, 0, 37, 0, 0);
        assertThat(folded.folded(6)).isEqualTo(folded);
    }
}
