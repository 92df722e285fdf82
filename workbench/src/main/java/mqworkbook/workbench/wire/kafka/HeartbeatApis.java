package mqworkbook.workbench.wire.kafka;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.message.ShareGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ShareGroupHeartbeatResponseData;
import org.apache.kafka.common.protocol.ApiKeys;

/** The newer group protocols (KIP-848, KIP-932), in which the broker shares out the partitions and heartbeats say it all. */
final class HeartbeatApis {

    private HeartbeatApis() {}

    static void addTo(ApiReaders readers) {
        readers.add(
                ApiKeys.CONSUMER_GROUP_HEARTBEAT,
                ConsumerGroupHeartbeatRequestData.class,
                HeartbeatApis::heartbeat,
                ConsumerGroupHeartbeatResponseData.class,
                HeartbeatApis::answered);
        readers.add(
                ApiKeys.SHARE_GROUP_HEARTBEAT,
                ShareGroupHeartbeatRequestData.class,
                HeartbeatApis::shareHeartbeat,
                ShareGroupHeartbeatResponseData.class,
                HeartbeatApis::shareAnswered);
    }

    private static void heartbeat(ConsumerGroupHeartbeatRequestData request, Facts facts) {
        facts.put("group-id", request.groupId())
                .put("member-id", request.memberId())
                // -1 is told: so a member leaves.
                .put("member-epoch", request.memberEpoch())
                .put("group-instance-id", request.instanceId())
                .put("subscription", request.subscribedTopicNames())
                .put("subscription-regex", request.subscribedTopicRegex());
        if (request.topicPartitions() != null) {
            List<String> owned = new ArrayList<>();
            request.topicPartitions()
                    .forEach(topic -> topic.partitions()
                            .forEach(index -> owned.add(facts.partitionText(topic.topicId(), index))));
            facts.put("owned", owned);
        }
    }

    private static void answered(ConsumerGroupHeartbeatResponseData reply, Facts facts) {
        facts.error(reply.errorCode())
                .put("error-message", reply.errorMessage())
                .put("member-id", reply.memberId())
                .put("member-epoch", reply.memberEpoch());
        if (reply.assignment() != null) {
            List<String> assignment = new ArrayList<>();
            reply.assignment()
                    .topicPartitions()
                    .forEach(topic -> topic.partitions()
                            .forEach(index -> assignment.add(facts.partitionText(topic.topicId(), index))));
            facts.put("assignment", assignment);
        }
    }

    private static void shareHeartbeat(ShareGroupHeartbeatRequestData request, Facts facts) {
        facts.put("group-id", request.groupId())
                .put("member-id", request.memberId())
                .put("member-epoch", request.memberEpoch())
                .put("subscription", request.subscribedTopicNames());
    }

    private static void shareAnswered(ShareGroupHeartbeatResponseData reply, Facts facts) {
        facts.error(reply.errorCode())
                .put("error-message", reply.errorMessage())
                .put("member-id", reply.memberId())
                .put("member-epoch", reply.memberEpoch());
        if (reply.assignment() != null) {
            List<String> assignment = new ArrayList<>();
            reply.assignment()
                    .topicPartitions()
                    .forEach(topic -> topic.partitions()
                            .forEach(index -> assignment.add(facts.partitionText(topic.topicId(), index))));
            facts.put("assignment", assignment);
        }
    }
}
