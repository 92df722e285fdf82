package mqworkbook.workbench.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.brokers.NeedsBrokers;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Rule;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On a real broker. */
@NeedsBrokers(BrokerKind.KAFKA)
@ExtendWith(Fixtures.class)
class KafkaFixtureTest {

    @Test
    void actors_work_through_relays_of_their_own_and_the_judge_sees_what_they_did(KafkaFixture kafka) throws Exception {
        String topic = kafka.prefix() + "orders";
        String group = kafka.prefix() + "workers";
        kafka.topics().create(topic, 2, Map.of());
        try (KafkaProducer<String, String> producer = producer(kafka, "uploads")) {
            producer.send(new ProducerRecord<>(topic, 0, "O-1", "placed")).get();
            producer.send(new ProducerRecord<>(topic, 1, "O-2", "placed")).get();
            assertThat(kafka.client("uploads").openConnections()).isPositive();
        }
        try (KafkaConsumer<String, String> consumer = consumer(kafka, "worker", group)) {
            consumer.subscribe(List.of(topic));
            Eventually.within(Duration.ofSeconds(20))
                    .until("both records come", () -> {
                        consumer.poll(Duration.ofMillis(50));
                        return consumer.assignment().size() == 2
                                && consumer.position(new TopicPartition(topic, 0)) == 1
                                && consumer.position(new TopicPartition(topic, 1)) == 1;
                    })
                    .orElse(() -> new AssertionError(kafka.history().render(50)));
            consumer.commitSync();
            assertThat(kafka.topics().members(group)).isEqualTo(1);
            assertThat(kafka.topics().isMember(group, "worker")).isTrue();
            kafka.topics().evict(group);
            assertThat(kafka.topics().isMember(group, "worker")).isFalse();
            // Nobody is left, and that is no error.
            kafka.topics().evict(group);
        }

        assertThat(kafka.topics().read(topic)).hasSize(2);
        assertThat(kafka.topics().committed(group))
                .isEqualTo(Map.of(new TopicPartition(topic, 0), 1L, new TopicPartition(topic, 1), 1L))
                .isEqualTo(kafka.topics().ends(topic));
        assertThat(kafka.history().render(1_000)).contains("Produce").contains("OffsetCommit");
        assertThat(kafka.client("uploads").openConnections()).isZero();
    }

    @Test
    void who_watches_losses_sees_what_is_lost_behind_a_lost_message_too(KafkaFixture kafka) throws Exception {
        String topic = kafka.prefix() + "orders";
        kafka.topics().create(topic, 1, Map.of());
        List<String> lost = new CopyOnWriteArrayList<>();
        kafka.watchLost(passage -> lost.add(passage.message().name()));
        try (KafkaProducer<String, String> producer = producer(kafka, "uploads")) {
            Rule rule = kafka.client("uploads")
                    .relay()
                    .on(Direction.TO_CLIENT, message -> message.is("Produce"))
                    .drop();
            Future<RecordMetadata> first = producer.send(new ProducerRecord<>(topic, "first"));
            rule.awaitHit(Duration.ofSeconds(20));
            Future<RecordMetadata> second = producer.send(new ProducerRecord<>(topic, "second"));
            Eventually.within(Duration.ofSeconds(20))
                    .until("both answers are lost", () -> Collections.frequency(lost, "Produce") == 2)
                    .orElse(() -> new AssertionError(kafka.history().render(50)));
            kafka.client("uploads").relay().heal();
            first.get();
            second.get();
        }
        assertThat(kafka.topics().read(topic)).hasSize(2);
    }

    @Test
    void a_dead_actor_reaches_nobody_and_others_go_on(KafkaFixture kafka) throws Exception {
        String topic = kafka.prefix() + "orders";
        kafka.topics().create(topic, 1, Map.of());
        try (KafkaProducer<String, String> dead = producer(kafka, "dead");
                KafkaProducer<String, String> alive = producer(kafka, "alive")) {
            dead.send(new ProducerRecord<>(topic, "before")).get();
            kafka.client("dead").die();

            assertThatThrownBy(() ->
                            dead.send(new ProducerRecord<>(topic, "after")).get())
                    .isInstanceOf(ExecutionException.class);
            alive.send(new ProducerRecord<>(topic, "other")).get();
            dead.close(Duration.ZERO);
        }
        assertThat(kafka.topics().read(topic)).hasSize(2);
    }

    @Test
    void clients_go_on_after_a_restart_and_what_was_acknowledged_is_there(KafkaFixture kafka) throws Exception {
        Assumptions.assumeTrue(
                kafka.broker().capabilities().restartable(),
                () -> kafka.broker().capabilities().whyNotRestartable());
        String topic = kafka.prefix() + "orders";
        kafka.topics().create(topic, 1, Map.of());
        try (KafkaProducer<String, String> producer = producer(kafka, "uploads")) {
            producer.send(new ProducerRecord<>(topic, "before")).get();

            kafka.restartBroker();

            producer.send(new ProducerRecord<>(topic, "after")).get();
        }
        assertThat(kafka.topics().read(topic)).hasSize(2);
    }

    @Test
    void what_was_made_under_its_prefix_goes_with_it() {
        KafkaFixture kafka = KafkaFixture.open(Brokers.forRun().require(BrokerKind.KAFKA));
        String topic = kafka.prefix() + "orders";
        kafka.topics().create(topic, 1, Map.of());

        kafka.close();

        KafkaFixture other = KafkaFixture.open(Brokers.forRun().require(BrokerKind.KAFKA));
        assertThat(other.topics().exists(topic)).isFalse();
        other.close();
    }

    private static KafkaProducer<String, String> producer(KafkaFixture kafka, String actor) {
        Map<String, Object> settings = kafka.client(actor).settings();
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 5_000);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static KafkaConsumer<String, String> consumer(KafkaFixture kafka, String actor, String group) {
        Map<String, Object> settings = kafka.client(actor).settings();
        settings.put("group.id", group);
        settings.put("auto.offset.reset", "earliest");
        settings.put("enable.auto.commit", false);
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }
}
