package mqworkbook.workbench.wire.kafka;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.ApiKeys;

/** The classic group protocol, in which the members share out the partitions themselves. */
final class GroupApis {

    private GroupApis() {}

    static void addTo(ApiReaders readers) {
        readers.add(
                ApiKeys.JOIN_GROUP,
                JoinGroupRequestData.class,
                GroupApis::join,
                JoinGroupResponseData.class,
                GroupApis::joined);
        readers.add(
                ApiKeys.SYNC_GROUP,
                SyncGroupRequestData.class,
                GroupApis::sync,
                SyncGroupResponseData.class,
                GroupApis::synced);
        readers.add(
                ApiKeys.HEARTBEAT,
                HeartbeatRequestData.class,
                GroupApis::heartbeat,
                HeartbeatResponseData.class,
                (reply, facts) -> facts.error(reply.errorCode()));
        readers.add(
                ApiKeys.LEAVE_GROUP,
                LeaveGroupRequestData.class,
                GroupApis::leave,
                LeaveGroupResponseData.class,
                GroupApis::left);
    }

    private static void join(JoinGroupRequestData request, Facts facts) {
        facts.put("group-id", request.groupId())
                .put("member-id", request.memberId())
                .put("group-instance-id", request.groupInstanceId())
                .put("session-timeout-ms", request.sessionTimeoutMs())
                .put("reason", request.reason());
    }

    private static void joined(JoinGroupResponseData reply, Facts facts) {
        facts.error(reply.errorCode())
                .number("generation-id", reply.generationId())
                .put("protocol-name", reply.protocolName())
                .put("leader", reply.leader())
                .put("member-id", reply.memberId())
                .put(
                        "members",
                        reply.members().stream()
                                .map(JoinGroupResponseData.JoinGroupResponseMember::memberId)
                                .toList());
    }

    private static void sync(SyncGroupRequestData request, Facts facts) {
        facts.put("group-id", request.groupId())
                .number("generation-id", request.generationId())
                .put("member-id", request.memberId())
                .put("group-instance-id", request.groupInstanceId());
    }

    private static void synced(SyncGroupResponseData reply, Facts facts) {
        facts.error(reply.errorCode()).put("assignment", assignment(reply.assignment()));
    }

    /** What consumers put there; others (Kafka Connect) have formats of their own, of which nothing is told. */
    private static List<String> assignment(byte[] bytes) {
        try {
            return ConsumerProtocol.deserializeAssignment(ByteBuffer.wrap(bytes)).partitions().stream()
                    .map(TopicPartition::toString)
                    .toList();
        } catch (RuntimeException e) {
            return List.of();
        }
    }

    private static void heartbeat(HeartbeatRequestData request, Facts facts) {
        facts.put("group-id", request.groupId())
                .number("generation-id", request.generationId())
                .put("member-id", request.memberId())
                .put("group-instance-id", request.groupInstanceId());
    }

    private static void leave(LeaveGroupRequestData request, Facts facts) {
        facts.put("group-id", request.groupId()).put("member-id", request.memberId());
        // Version 3 and later: a consumer names itself, an administrator may name several.
        request.members()
                .forEach(member -> facts.put("member-id", member.memberId())
                        .put("group-instance-id", member.groupInstanceId())
                        .put("reason", member.reason()));
    }

    private static void left(LeaveGroupResponseData reply, Facts facts) {
        facts.error(reply.errorCode());
        reply.members().forEach(member -> facts.error(member.errorCode()));
    }
}
