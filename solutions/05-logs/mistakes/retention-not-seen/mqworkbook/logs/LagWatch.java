// Mistake:   retention-not-seen
// Wrong:     The end minus the committed offset, also where retention has taken what lies between.
// Shows as:  The lag is five million lines that nobody can read any more; nobody looks at it.
// Caught in: step 6
// Says:      "not what it has still to read"
package mqworkbook.logs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import mqworkbook.logs.line.BacklogAlarm;
import mqworkbook.logs.line.Lag;
import mqworkbook.logs.line.LogTopics;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/** Looks how far the groups are behind, and tells operations. Asked every now and then, by one thread. */
public final class LagWatch {

    private final Set<String> behind = new HashSet<>();
    private final Admin admin;
    private final LogTopics topics;
    private final long limit;
    private final BacklogAlarm alarm;

    /**
     * A watch.
     *
     * @param limit how many lines a group may be behind in a partition
     */
    public LagWatch(Admin admin, LogTopics topics, long limit, BacklogAlarm alarm) {
        this.admin = admin;
        this.topics = topics;
        this.limit = limit;
        this.alarm = alarm;
    }

    /** How far a group is behind, for each partition of the topic, also when it has never committed anything. */
    public List<Lag> lags(String group) throws ExecutionException, InterruptedException {
        List<TopicPartitionInfo> partitions = admin.describeTopics(List.of(topics.lines()))
                .allTopicNames()
                .get()
                .get(topics.lines())
                .partitions();
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        // After the commits, so that none of them lies behind the end.
        Map<TopicPartition, ListOffsetsResultInfo> begins = offsets(partitions, OffsetSpec.earliest());
        Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(partitions, OffsetSpec.latest());
        List<Lag> lags = new ArrayList<>();
        for (TopicPartitionInfo each : partitions) {
            TopicPartition partition = new TopicPartition(topics.lines(), each.partition());
            // Without a commit it begins with the first line; what retention has taken it cannot read any more.
            long next = begins.get(partition).offset();
            if (committed.get(partition) != null) {
                next = committed.get(partition).offset();
            }
            lags.add(new Lag(
                    group, each.partition(), Math.max(0, ends.get(partition).offset() - next)));
        }
        return lags;
    }

    private Map<TopicPartition, ListOffsetsResultInfo> offsets(List<TopicPartitionInfo> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(each -> asked.put(new TopicPartition(topics.lines(), each.partition()), which));
        return admin.listOffsets(asked).all().get();
    }

    /** Looks at both groups; tells the alarm when a partition's lag passes the limit, and when it is within it again. */
    public void check() throws ExecutionException, InterruptedException {
        for (String group : List.of(topics.indexGroup(), topics.alertGroup())) {
            for (Lag lag : lags(group)) {
                // One partition that stands still is a backlog, however well the others do.
                String place = group + "/" + lag.partition();
                if (lag.lines() > limit && behind.add(place)) {
                    alarm.behind(lag);
                } else if (lag.lines() <= limit && behind.remove(place)) {
                    alarm.caughtUp(lag);
                }
            }
        }
    }
}
