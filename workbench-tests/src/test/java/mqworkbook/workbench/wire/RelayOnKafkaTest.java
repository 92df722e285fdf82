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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.wire.kafka.KafkaPart;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the {@link Relay} sees between Kafka and its own Java clients, and that none of them goes past it. */
@Timeout(90)
class RelayOnKafkaTest {

    private static Broker broker;

    private KafkaSide kafka;

    @BeforeAll
    static void start() {
        broker = Brokers.forRun().require(BrokerKind.KAFKA);
    }

    @BeforeEach
    void connect() throws Exception {
        kafka = new KafkaSide(broker, 2);
    }

    @AfterEach
    void remove() throws Exception {
        assertThat(kafka.log.messages(WireEvent.Disposition.PASSED)).doesNotContain("raw");
        kafka.close();
    }

    @Test
    void aProducerIsSeenWithItsKeysAndWhereTheyGot() throws Exception {
        Producer<String, String> producer = kafka.producer(Map.of("client.id", "uploader"));
        producer.send(new ProducerRecord<>(kafka.topic, 1, "upload-1", "v")).get();
        producer.send(new ProducerRecord<>(kafka.topic, 1, "upload-2", "v")).get();

        assertThat(kafka.log.messages(WireEvent.Disposition.PASSED))
                .containsSubsequence("ApiVersions", "Metadata", "InitProducerId", "Produce", "Produce");
        List<WireMessage> requests = kafka.passed("Produce", TO_BROKER);
        assertThat(requests).hasSize(2);
        assertThat(requests.get(1).fields())
                .containsEntry("client-id", "uploader")
                .containsEntry("topic", kafka.topic)
                .containsEntry("partition", 1)
                .containsEntry("acks", -1)
                .containsEntry("record-count", 1L)
                .containsEntry("base-sequence", 1)
                .containsEntry("keys", List.of("upload-2"))
                .containsKey("producer-id");
        assertThat(kafka.passed("Produce", TO_CLIENT).get(1).fields())
                .containsEntry("base-offset", 1L)
                .containsEntry("keys", List.of("upload-2"))
                .containsEntry("topic", kafka.topic)
                .doesNotContainKey("error");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "snappy", "lz4", "zstd"})
    void keysAreSeenInCompressedBatchesToo(String compression) throws Exception {
        Producer<String, String> producer = kafka.producer(Map.of("compression.type", compression));
        producer.send(kafka.record("upload-1")).get();
        assertThat(kafka.passed("Produce", TO_BROKER).get(0).fields())
                .containsEntry("compression", compression)
                .containsEntry("keys", List.of("upload-1"));
    }

    @Test
    void withoutAcksThereIsNoReplyAndNothingIsWaitedFor() throws Exception {
        Producer<String, String> producer = kafka.producer(Map.of("acks", "0", "enable.idempotence", "false"));
        producer.send(new ProducerRecord<>(kafka.topic, 0, "k", "v")).get();
        producer.send(new ProducerRecord<>(kafka.topic, 0, "k", "v")).get();
        await("both in the log").atMost(BOUND).until(() -> kafka.logEnd() == 2);
        assertThat(kafka.passed("Produce", TO_BROKER))
                .extracting(message -> message.field("acks"))
                .containsOnly("0");
        assertThat(kafka.passed("Produce", TO_CLIENT)).isEmpty();
    }

    @Test
    void aRefusalHasItsNameFromTheProtocol() throws Exception {
        kafka.direct
                .incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.TOPIC, kafka.topic),
                        List.of(new AlterConfigOp(
                                new ConfigEntry("max.message.bytes", "100"), AlterConfigOp.OpType.SET))))
                .all()
                .get();
        Producer<String, String> producer = kafka.producer(Map.of());
        assertThatThrownBy(() -> producer.send(new ProducerRecord<>(kafka.topic, "k", "v".repeat(500)))
                        .get())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(RecordTooLargeException.class);
        assertThat(kafka.passed("Produce", TO_CLIENT).get(0).field("error")).isEqualTo("MESSAGE_TOO_LARGE");
    }

    @Test
    void aClassicConsumerIsSeenToJoinFetchAndCommit() throws Exception {
        Consumer<String, String> consumer = consumeThree(Map.of("group.protocol", "classic"));
        consumer.close();

        assertThat(kafka.log.messages(WireEvent.Disposition.PASSED))
                .containsSubsequence(
                        "FindCoordinator", "JoinGroup", "SyncGroup", "OffsetFetch", "Fetch", "OffsetCommit")
                .contains("LeaveGroup");
        assertThat(kafka.passed("SyncGroup", TO_CLIENT).get(0).fields())
                .containsEntry("group-id", kafka.group)
                .extractingByKey("assignment")
                .asList()
                .containsExactlyInAnyOrder(kafka.topic + "-0", kafka.topic + "-1");
        assertFetchedAndCommitted();
    }

    @Test
    void aConsumerOfTheNewProtocolIsSeenByItsHeartbeats() throws Exception {
        Consumer<String, String> consumer = consumeThree(Map.of("group.protocol", "consumer"));
        consumer.close();

        List<WireMessage> requests = kafka.passed("ConsumerGroupHeartbeat", TO_BROKER);
        assertThat(requests.get(0).fields())
                .containsEntry("group-id", kafka.group)
                .containsEntry("member-epoch", 0)
                .containsEntry("subscription", List.of(kafka.topic));
        assertThat(requests)
                .last()
                .extracting(message -> message.field("member-epoch"))
                .isEqualTo("-1");
        assertThat(kafka.passed("ConsumerGroupHeartbeat", TO_CLIENT))
                .anySatisfy(reply -> assertThat(reply.fields().get("assignment"))
                        .asList()
                        .containsExactlyInAnyOrder(kafka.topic + "-0", kafka.topic + "-1"));
        assertFetchedAndCommitted();
    }

    @Test
    void idleFetchesTellNextToNothing() throws Exception {
        Consumer<String, String> consumer = consumeThree(Map.of("fetch.max.wait.ms", "50"));
        int before = kafka.passed("Fetch", TO_CLIENT).size();
        await("idle fetches").atMost(BOUND).until(() -> {
            consumer.poll(Duration.ofMillis(50));
            return kafka.passed("Fetch", TO_CLIENT).size() > before + 2;
        });
        assertThat(kafka.passed("Fetch", TO_CLIENT).get(before + 1).fields().keySet())
                .containsExactly("client-id", "correlation-id");
    }

    @Test
    void aTransactionIsSeenFromItsBeginningToItsEnd() throws Exception {
        Producer<String, String> producer = kafka.producer(Map.of("transactional.id", "tx-" + kafka.topic));
        producer.initTransactions();
        Consumer<String, String> consumer = consumeThree(Map.of("isolation.level", "read_committed"));
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(kafka.topic, 0, "in transaction", "v"));
        producer.sendOffsetsToTransaction(
                Map.of(kafka.partition(0), new OffsetAndMetadata(2)), consumer.groupMetadata());
        producer.commitTransaction();
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(kafka.topic, 0, "never", "v")).get();
        producer.abortTransaction();

        assertThat(kafka.log.messages(WireEvent.Disposition.PASSED))
                .containsSubsequence("InitProducerId", "Produce", "TxnOffsetCommit", "EndTxn", "Produce", "EndTxn");
        assertThat(kafka.passed("TxnOffsetCommit", TO_CLIENT).get(0).fields())
                .containsEntry("transactional-id", "tx-" + kafka.topic)
                .containsEntry("group-id", kafka.group)
                .containsEntry("topic", kafka.topic)
                .containsEntry("partition", 0)
                .containsEntry("offset", 2L)
                .doesNotContainKey("error");
        assertThat(kafka.passed("EndTxn", TO_CLIENT))
                .extracting(reply -> reply.field("result"))
                .containsExactly("commit", "abort");
        assertThat(kafka.passed("Fetch", TO_BROKER).get(0).field("isolation-level"))
                .isEqualTo("read_committed");
        assertThat(kafka.committed()).isEqualTo(2);
    }

    @Test
    void aShareConsumerIsSeenToAcquireAndAcknowledge() throws Exception {
        kafka.direct
                .incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.GROUP, kafka.group),
                        List.of(new AlterConfigOp(
                                new ConfigEntry("share.auto.offset.reset", "earliest"), AlterConfigOp.OpType.SET))))
                .all()
                .get();
        kafka.producer(Map.of())
                .send(new ProducerRecord<>(kafka.topic, 0, "k", "v"))
                .get();
        KafkaShareConsumer<String, String> consumer = kafka.shareConsumer();
        consumer.subscribe(List.of(kafka.topic));
        await("the record")
                .atMost(BOUND)
                .until(() -> consumer.poll(Duration.ofMillis(200)).count() == 1);
        consumer.commitSync();

        assertThat(kafka.passed("ShareFetch", TO_CLIENT))
                .anySatisfy(reply -> assertThat(reply.fields())
                        .containsEntry("topic", kafka.topic)
                        .containsEntry("acquired", List.of("0 x1")));
        assertThat(kafka.log.passages(WireEvent.Disposition.PASSED))
                .filteredOn(message -> message.direction() == TO_BROKER)
                .anySatisfy(request -> assertThat(KafkaPart.of(request, kafka.topic, 0))
                        .hasValueSatisfying(
                                part -> assertThat(part.fields()).containsEntry("acknowledged", List.of("0 accept"))));
    }

    @Test
    void anAdministratorIsLedThroughTheRelayToo() throws Exception {
        Admin admin = kafka.admin();
        String other = kafka.topic + "-other";
        admin.createTopics(List.of(new NewTopic(other, 1, (short) 1))).all().get(BOUND.toSeconds(), TimeUnit.SECONDS);
        admin.deleteTopics(List.of(other)).all().get(BOUND.toSeconds(), TimeUnit.SECONDS);
        assertThat(admin.describeCluster().nodes().get())
                .extracting(Node::host, Node::port)
                .containsExactly(org.assertj.core.api.Assertions.tuple("127.0.0.1", kafka.relay.port()));
        assertThat(kafka.passed("CreateTopics", TO_CLIENT).get(0).field("topic"))
                .isEqualTo(other);
        assertThat(kafka.passed("DescribeCluster", TO_CLIENT).get(0).field("brokers"))
                .endsWith(":" + broker.endpoint().port() + "]");
    }

    @Test
    void whereThereIsNoRelayThereIsNoWay() throws Exception {
        Producer<String, String> producer = kafka.producer(Map.of("delivery.timeout.ms", "2000"));
        Consumer<String, String> consumer = consumeThree(Map.of());
        producer.send(new ProducerRecord<>(kafka.topic, 0, "before", "v")).get();
        long before = kafka.logEnd();
        await("every connection of this process goes through the relay, but for those that look past it")
                .atMost(BOUND)
                .until(() -> OwnConnections.to(broker.endpoint().port())
                        == kafka.relay.openConnections() + kafka.directConnections());
        assertThat(kafka.relay.openConnections()).isGreaterThan(2);
        kafka.relay.refuse();
        assertThatThrownBy(() -> producer.send(new ProducerRecord<>(kafka.topic, 0, "never", "v"))
                        .get())
                .isInstanceOf(ExecutionException.class);
        assertThatThrownBy(() -> consumer.commitSync(Map.of(kafka.partition(0), new OffsetAndMetadata(1))))
                .isInstanceOf(org.apache.kafka.common.errors.TimeoutException.class);
        assertThat(kafka.logEnd()).isEqualTo(before);
    }

    /** Three records in two partitions, consumed and committed. */
    private Consumer<String, String> consumeThree(Map<String, ?> settings) throws Exception {
        Producer<String, String> producer = kafka.producer(Map.of());
        producer.send(new ProducerRecord<>(kafka.topic, 0, "a", "v")).get();
        producer.send(new ProducerRecord<>(kafka.topic, 0, "b", "v")).get();
        producer.send(new ProducerRecord<>(kafka.topic, 1, "c", "v")).get();
        Consumer<String, String> consumer = kafka.consumer(settings);
        consumer.subscribe(List.of(kafka.topic));
        kafka.poll(consumer, 3);
        consumer.commitSync();
        return consumer;
    }

    private void assertFetchedAndCommitted() {
        assertThat(kafka.passed("Fetch", TO_CLIENT))
                .flatExtracting(KafkaPart::of)
                .extracting(part ->
                        part.topic().equals(kafka.topic) ? part.partition() + ":" + part.field("last-offset") : "")
                .contains("0:1", "1:0");
        WireMessage reply = kafka.passed("OffsetCommit", TO_CLIENT).get(0);
        assertThat(reply.field("group-id")).isEqualTo(kafka.group);
        assertThat(KafkaPart.of(reply, kafka.topic, 0).orElseThrow().field("offset"))
                .isEqualTo("2");
        assertThat(KafkaPart.of(reply, kafka.topic, 1).orElseThrow().field("offset"))
                .isEqualTo("1");
    }
}
