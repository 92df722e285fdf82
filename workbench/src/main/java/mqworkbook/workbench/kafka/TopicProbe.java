package mqworkbook.workbench.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import mqworkbook.workbench.brokers.Endpoint;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The judge's own look at topics and consumer groups, past every relay. */
public final class TopicProbe implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int EVICTIONS = 10;

    private final Map<String, Object> settings;
    private final Admin admin;
    private KafkaProducer<byte[], byte[]> producer;

    TopicProbe(Endpoint broker) {
        settings = KafkaClient.basics(broker);
        settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.host() + ":" + broker.port());
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 20);
        settings.put(AdminClientConfig.RETRY_BACKOFF_MS_CONFIG, 20);
        admin = Admin.create(settings);
    }

    /** Creates a topic and returns when it can be used. */
    public void create(String topic, int partitions, Map<String, String> configuration) {
        create(Map.of(topic, partitions), configuration);
    }

    /** Creates topics with so many partitions each, and returns when they can be used. */
    public void create(Map<String, Integer> topics) {
        create(topics, Map.of());
    }

    private void create(Map<String, Integer> topics, Map<String, String> configuration) {
        List<NewTopic> all = topics.entrySet().stream()
                .map(topic -> new NewTopic(topic.getKey(), topic.getValue(), (short) 1).configs(configuration))
                .toList();
        get(admin.createTopics(all).all());
        awaitUsable(topics);
    }

    /** Adds partitions to a topic, as an operator does it, and returns when they can be used. */
    public void addPartitions(String topic, int partitions) {
        get(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                .all());
        awaitUsable(Map.of(topic, partitions));
    }

    private void awaitUsable(Map<String, Integer> topics) {
        // The controller knows them now, and brokers hear of them a moment later.
        long giveUp = System.nanoTime() + LIMIT.toNanos();
        while (!areUsable(topics)) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("No broker has heard of the topics " + topics.keySet());
            }
            LockSupport.parkNanos(5_000_000);
        }
        // A leader is named a moment before it is one. Until then it refuses a producer's first batch, may take the
        // second, and the first is out of order for ever (4.4.0). This question is repeated until each leader answers.
        ends(topics.entrySet().stream()
                .flatMap(topic -> partitionsOf(topic.getKey(), topic.getValue()).stream())
                .toList());
    }

    private boolean areUsable(Map<String, Integer> topics) {
        try {
            return get(admin.describeTopics(topics.keySet()).allTopicNames()).values().stream()
                    .allMatch(topic -> topic.partitions().size() == topics.get(topic.name())
                            && topic.partitions().stream().allMatch(each -> each.leader() != null));
        } catch (IllegalStateException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    /** Whether the topic is there. */
    public boolean exists(String topic) {
        return get(admin.listTopics().names()).contains(topic);
    }

    /** The number of partitions. */
    public int partitions(String topic) {
        return get(admin.describeTopics(List.of(topic)).allTopicNames())
                .get(topic)
                .partitions()
                .size();
    }

    /** The next offset that will be written, for each partition. */
    public Map<TopicPartition, Long> ends(String topic) {
        return ends(partitionsOf(topic, partitions(topic)));
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest()));
        return get(admin.listOffsets(latest).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        (Map.Entry<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> each) ->
                                each.getValue().offset()));
    }

    /** What a group has committed: the next offset that it will read. A partition without a commit is missing. */
    public Map<TopicPartition, Long> committed(String group) {
        Map<TopicPartition, OffsetAndMetadata> offsets =
                get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, Long> committed = new HashMap<>();
        offsets.forEach((partition, offset) -> {
            if (offset != null) {
                committed.put(partition, offset.offset());
            }
        });
        return committed;
    }

    /** A group's state and members. */
    public ConsumerGroupDescription group(String group) {
        return get(admin.describeConsumerGroups(List.of(group)).all()).get(group);
    }

    /** How many members a group has; none when there is no such group. */
    public int members(String group) {
        boolean present = get(admin.listGroups().all()).stream()
                .anyMatch(each -> each.groupId().equals(group));
        return present ? group(group).members().size() : 0;
    }

    /** Takes all members out of a group of the classic protocol, as if their sessions had timed out. */
    public void evict(String group) {
        // Members that come, leave or are taken out by somebody else meanwhile make the answer an error.
        for (int attempt = 1; members(group) > 0; attempt++) {
            try {
                get(admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                        .all());
                return;
            } catch (IllegalStateException changed) {
                if (attempt == EVICTIONS) {
                    throw changed;
                }
            }
        }
    }

    /** Whether a client of this id is a member of the group. */
    public boolean isMember(String group, String clientId) {
        return members(group) > 0
                && group(group).members().stream()
                        .anyMatch(member -> member.clientId().equals(clientId));
    }

    /** Sets how long a member of a group of the newer protocol may be silent; the broker keeps this for each group. */
    public void sessionTimeout(String group, Duration timeout) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.GROUP, group);
        AlterConfigOp set = new AlterConfigOp(
                new ConfigEntry("consumer.session.timeout.ms", Long.toString(timeout.toMillis())),
                AlterConfigOp.OpType.SET);
        get(admin.incrementalAlterConfigs(Map.of(resource, List.of(set))).all());
    }

    /** Everything that is in the topic now, in order for each partition; of transactions only what was committed. */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        Map<String, Object> reading = new HashMap<>(settings);
        reading.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // Nothing more is to come, so there is nothing to wait for; half a second by default.
        reading.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        Map<TopicPartition, Long> ends = ends(topic);
        long giveUp = System.nanoTime() + LIMIT.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(reading, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                if (System.nanoTime() > giveUp) {
                    throw new IllegalStateException("The judge could not read " + topic + " to its end");
                }
            }
        }
        return records;
    }

    /** Publishes as some other program would, waits until the log has it, and tells where. */
    public synchronized RecordMetadata publish(ProducerRecord<byte[], byte[]> record) {
        if (producer == null) {
            Map<String, Object> publishing = new HashMap<>(settings);
            // Each record is waited for, so there is nothing to wait for before; five milliseconds by default.
            publishing.put(ProducerConfig.LINGER_MS_CONFIG, 0);
            producer = new KafkaProducer<>(publishing, new ByteArraySerializer(), new ByteArraySerializer());
        }
        try {
            return producer.send(record).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The judge's own record was not taken", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while publishing", e);
        }
    }

    /** The client for all other questions. */
    public Admin admin() {
        return admin;
    }

    /** Removes topics and groups by their prefix; a group that still has members stays. */
    void remove(String prefix) {
        KafkaFuture<Collection<GroupListing>> allGroups = admin.listGroups().all();
        Set<String> topics = get(admin.listTopics().names()).stream()
                .filter(name -> name.startsWith(prefix))
                .collect(Collectors.toSet());
        List<String> groups = get(allGroups).stream()
                .map(GroupListing::groupId)
                .filter(name -> name.startsWith(prefix))
                .toList();
        KafkaFuture<Void> removal = KafkaFuture.allOf(
                admin.deleteTopics(topics).all(),
                admin.deleteConsumerGroups(groups).all());
        try {
            removal.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // What is still in use is found under its prefix.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
        admin.close(Duration.ZERO);
    }

    private static List<TopicPartition> partitionsOf(String topic, int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new TopicPartition(topic, number))
                .toList();
    }

    private static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "Kafka's answer to the judge: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("Kafka does not answer the judge", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking Kafka", e);
        }
    }
}
