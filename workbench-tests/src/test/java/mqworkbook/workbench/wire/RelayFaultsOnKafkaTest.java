package mqworkbook.workbench.wire;

import static mqworkbook.workbench.wire.Direction.TO_BROKER;
import static mqworkbook.workbench.wire.Direction.TO_CLIENT;
import static mqworkbook.workbench.wire.KafkaSide.BOUND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The faults of the {@link Relay} between Kafka and its own Java clients. */
@Timeout(90)
class RelayFaultsOnKafkaTest {

    private static Broker broker;

    private KafkaSide kafka;

    @BeforeAll
    static void start() {
        broker = Brokers.forRun().require(BrokerKind.KAFKA);
    }

    @BeforeEach
    void connect() throws Exception {
        kafka = new KafkaSide(broker, 1);
    }

    @AfterEach
    void remove() throws Exception {
        kafka.close();
    }

    @Nested
    class OnAProducer {

        private Producer<String, String> producer;

        @BeforeEach
        void sendOne() throws Exception {
            producer = kafka.producer(Map.of());
            producer.send(kafka.record("first")).get();
        }

        @Test
        void aCutIsHealedByTheClientThroughTheSamePort() throws Exception {
            long accepted = kafka.relay.acceptedConnections();
            kafka.relay.cut();
            assertThat(sent("second").offset()).isEqualTo(1);
            assertThat(kafka.relay.acceptedConnections()).isGreaterThan(accepted);
        }

        @Test
        void whileRefusedNothingGetsThroughAndAfterwardsAllDoes() throws Exception {
            kafka.relay.refuse();
            // A client that reaches nobody forgets what it knew of the cluster: its very send() waits.
            CompletableFuture<RecordMetadata> waiting = CompletableFuture.supplyAsync(() -> sendAndWait("second"));
            await("refused attempts").atMost(BOUND).until(() -> refused() > 1);
            assertThat(kafka.logEnd()).isEqualTo(1);
            assertThat(waiting).isNotDone();
            kafka.relay.heal();
            assertThat(waiting.get(BOUND.toSeconds(), TimeUnit.SECONDS).offset())
                    .isEqualTo(1);
        }

        @Test
        void aStalledReplyIsWaitedFor() throws Exception {
            Rule rule = kafka.relay.on(TO_CLIENT, produceOf("second")).stall();
            Future<RecordMetadata> waiting = producer.send(kafka.record("second"));
            rule.awaitHit(BOUND);
            assertThat(kafka.logEnd()).isEqualTo(2);
            assertThat(waiting).isNotDone();
            rule.cancel();
            assertThat(waiting.get(BOUND.toSeconds(), TimeUnit.SECONDS).offset())
                    .isEqualTo(1);
        }

        @Test
        void aStalledDirectionHoldsRequestsBack() throws Exception {
            kafka.relay.stall(TO_BROKER);
            Future<RecordMetadata> waiting = producer.send(kafka.record("second"));
            await("held")
                    .atMost(BOUND)
                    .until(() -> kafka.log.messages(WireEvent.Disposition.HELD).contains("Produce"));
            assertThat(kafka.logEnd()).isEqualTo(1);
            kafka.relay.resume(TO_BROKER);
            assertThat(waiting.get(BOUND.toSeconds(), TimeUnit.SECONDS).offset())
                    .isEqualTo(1);
        }

        @Test
        void aLostReplyMakesTheProducerSendAgainAndTheLogHoldsTheRecordOnce() throws Exception {
            Rule rule = kafka.relay.on(TO_CLIENT, produceOf("second")).cutBefore();
            assertThat(sent("second").offset()).isEqualTo(1);
            assertThat(rule.awaitHit(BOUND).field("base-offset")).isEqualTo("1");
            assertThat(kafka.logEnd()).isEqualTo(2);
            assertSentTwice("second");
        }

        @Test
        void repliesLostForAWhileDoNoHarmEither() throws Exception {
            kafka.relay.loseReplies();
            Future<RecordMetadata> waiting = producer.send(kafka.record("second"));
            await("the swallowed reply")
                    .atMost(BOUND)
                    .until(() ->
                            kafka.log.messages(WireEvent.Disposition.DROPPED).contains("Produce"));
            assertThat(waiting).isNotDone();
            kafka.relay.heal();
            assertThat(waiting.get(BOUND.toSeconds(), TimeUnit.SECONDS).offset())
                    .isEqualTo(1);
            assertThat(kafka.logEnd()).isEqualTo(2);
            assertSentTwice("second");
        }

        @Test
        void aDroppedReplyTakesTheLaterOnesAlongUntilTheClientGivesUp() throws Exception {
            Rule rule = kafka.relay.on(TO_CLIENT, produceOf("second")).drop();
            assertThat(sent("second").offset()).isEqualTo(1);
            rule.awaitHit(BOUND);
            assertThat(kafka.logEnd()).isEqualTo(2);
            assertSentTwice("second");
        }

        @Test
        void aDroppedRequestIsSentAgain() throws Exception {
            Rule rule = kafka.relay.on(TO_BROKER, produceOf("second")).drop();
            Future<RecordMetadata> second = producer.send(kafka.record("second"));
            rule.awaitHit(BOUND);
            Future<RecordMetadata> third = producer.send(kafka.record("third"));
            assertThat(second.get(BOUND.toSeconds(), TimeUnit.SECONDS).offset()).isEqualTo(1);
            assertThat(third.get(BOUND.toSeconds(), TimeUnit.SECONDS).offset()).isEqualTo(2);
            assertThat(kafka.logEnd()).isEqualTo(3);
        }

        @Test
        void healingSparesTheClientItsTimeOutAfterADrop() throws Exception {
            Producer<String, String> patient =
                    kafka.producer(Map.of("request.timeout.ms", "60000", "delivery.timeout.ms", "120000"));
            Rule rule = kafka.relay.on(TO_BROKER, produceOf("second")).drop();
            Future<RecordMetadata> waiting = patient.send(kafka.record("second"));
            rule.awaitHit(BOUND);
            kafka.relay.heal();
            assertThat(waiting.get(BOUND.toSeconds(), TimeUnit.SECONDS).offset())
                    .isEqualTo(1);
        }

        @Test
        void aRequestThatIsCutNeverArrivesTheFirstTime() throws Exception {
            Rule rule = kafka.relay.on(TO_BROKER, produceOf("second")).cutBefore();
            assertThat(sent("second").offset()).isEqualTo(1);
            rule.awaitHit(BOUND);
            assertThat(kafka.passed("Produce", TO_BROKER))
                    .filteredOn(produceOf("second"))
                    .hasSize(1);
        }

        @Test
        void aRequestThatIsCutAfterwardsArrivesAndIsSentAgain() throws Exception {
            Rule rule = kafka.relay.on(TO_BROKER, produceOf("second")).cutAfter();
            assertThat(sent("second").offset()).isEqualTo(1);
            rule.awaitHit(BOUND);
            assertThat(kafka.logEnd()).isEqualTo(2);
            assertSentTwice("second");
        }

        @Test
        void theSecondReplyForATopicCanBePicked() throws Exception {
            Rule rule = kafka.relay
                    .on(TO_CLIENT, m -> m.is("Produce") && m.field("topic").equals(kafka.topic))
                    .nth(2)
                    .cutBefore();
            sent("second");
            sent("third");
            assertThat(rule.awaitHit(BOUND).field("keys")).isEqualTo("[third]");
            assertThat(kafka.logEnd()).isEqualTo(3);
        }

        @Test
        void latencyIsFelt() throws Exception {
            kafka.relay.latency(TO_BROKER, Duration.ofMillis(60));
            kafka.relay.latency(TO_CLIENT, Duration.ofMillis(40));
            long start = System.nanoTime();
            sent("second");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        }

        @Test
        void aRestartOfTheBrokerIsSurvivedThroughTheSamePort() throws Exception {
            Assumptions.assumeTrue(
                    broker.capabilities().restartable(), broker.capabilities().whyNotRestartable());
            broker.restart();
            assertThat(sent("second").offset()).isEqualTo(1);
        }

        private RecordMetadata sent(String key) throws Exception {
            return producer.send(kafka.record(key)).get(BOUND.toSeconds(), TimeUnit.SECONDS);
        }

        private RecordMetadata sendAndWait(String key) {
            try {
                return sent(key);
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        }

        private void assertSentTwice(String key) {
            assertThat(kafka.passed("Produce", TO_BROKER))
                    .filteredOn(produceOf(key))
                    .hasSize(2)
                    .extracting(message -> message.field("base-sequence"))
                    .containsOnly("1");
        }

        private long refused() {
            return kafka.log.lines().stream()
                    .filter(line -> line.endsWith("REFUSED"))
                    .count();
        }
    }

    @Nested
    class OnAConsumer {

        @ParameterizedTest
        @ValueSource(strings = {"classic", "consumer"})
        void aDroppedCommitIsNotInTheBrokerAndTheClientIsTold(String protocol) throws Exception {
            Consumer<String, String> consumer = consumeOne(protocol);
            Rule rule =
                    kafka.relay.on(TO_BROKER, m -> m.is("OffsetCommit")).every().drop();
            assertThatThrownBy(() -> consumer.commitSync(Map.of(kafka.partition(0), new OffsetAndMetadata(1))))
                    .isInstanceOf(TimeoutException.class);
            assertThat(rule.awaitHit(BOUND).field("offset")).isEqualTo("1");
            assertThat(kafka.committed()).isEqualTo(-1);
            kafka.relay.heal();
            consumer.commitSync(Map.of(kafka.partition(0), new OffsetAndMetadata(1)), BOUND);
            assertThat(kafka.committed()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"classic", "consumer"})
        void aCommitWhoseReplyIsCutIsInTheBroker(String protocol) throws Exception {
            Consumer<String, String> consumer = consumeOne(protocol);
            Rule rule = kafka.relay.on(TO_CLIENT, m -> m.is("OffsetCommit")).cutBefore();
            consumer.commitSync(Map.of(kafka.partition(0), new OffsetAndMetadata(1)), BOUND);
            assertThat(rule.awaitHit(BOUND).field("offset")).isEqualTo("1");
            assertThat(kafka.committed()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"classic", "consumer"})
        void fetchingGoesOnAfterACut(String protocol) throws Exception {
            Consumer<String, String> consumer = consumeOne(protocol);
            // Whoever joins the group again after the cut begins at what was committed.
            consumer.commitSync(BOUND);
            kafka.relay.cut();
            kafka.producer(Map.of()).send(kafka.record("later")).get(BOUND.toSeconds(), TimeUnit.SECONDS);
            assertThat(kafka.poll(consumer, 1))
                    .extracting(record -> record.key())
                    .containsExactly("later");
        }

        private Consumer<String, String> consumeOne(String protocol) throws Exception {
            kafka.producer(Map.of()).send(kafka.record("only")).get(BOUND.toSeconds(), TimeUnit.SECONDS);
            Consumer<String, String> consumer = kafka.consumer(Map.of("group.protocol", protocol));
            consumer.subscribe(List.of(kafka.topic));
            kafka.poll(consumer, 1);
            return consumer;
        }
    }

    private static Predicate<WireMessage> produceOf(String key) {
        return message -> message.is("Produce") && message.field("keys").equals("[" + key + "]");
    }
}
