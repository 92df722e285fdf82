package mqworkbook.workbench.wire.kafka;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.protocol.ApiKeys;

/** Offsets: committed by a group, fetched by it, and looked up in a log. */
final class OffsetApis {

    private static final long LATEST = -1;
    private static final long EARLIEST = -2;

    private OffsetApis() {}

    static void addTo(ApiReaders readers) {
        readers.add(
                ApiKeys.OFFSET_COMMIT,
                OffsetCommitRequestData.class,
                OffsetApis::commit,
                OffsetCommitResponseData.class,
                OffsetApis::committed);
        readers.add(
                ApiKeys.OFFSET_FETCH,
                OffsetFetchRequestData.class,
                OffsetApis::fetch,
                OffsetFetchResponseData.class,
                OffsetApis::fetched);
        readers.add(
                ApiKeys.LIST_OFFSETS,
                ListOffsetsRequestData.class,
                OffsetApis::list,
                ListOffsetsResponseData.class,
                OffsetApis::listed);
    }

    private static void commit(OffsetCommitRequestData request, Facts facts) {
        facts.put("group-id", request.groupId())
                .put("member-id", request.memberId())
                .number("generation-id", request.generationIdOrMemberEpoch());
        request.topics()
                .forEach(topic -> topic.partitions()
                        .forEach(part -> facts.partition(topic.name(), topic.topicId(), part.partitionIndex())
                                .put("offset", part.committedOffset())
                                .put("metadata", part.committedMetadata())));
    }

    private static void committed(OffsetCommitResponseData reply, Facts facts) {
        reply.topics()
                .forEach(topic -> topic.partitions()
                        .forEach(part -> facts.partition(topic.name(), topic.topicId(), part.partitionIndex())
                                .error(part.errorCode())));
    }

    private static void fetch(OffsetFetchRequestData request, Facts facts) {
        // Version 7 and before ask for one group, later ones may ask for several.
        facts.put("group-id", request.groupId());
        request.groups()
                .forEach(group -> facts.put("group-id", group.groupId())
                        .put("member-id", group.memberId())
                        .number("member-epoch", group.memberEpoch()));
        if (request.topics() != null) {
            request.topics()
                    .forEach(topic -> topic.partitionIndexes().forEach(index -> facts.partition(topic.name(), index)));
        }
        request.groups().stream()
                .filter(group -> group.topics() != null)
                .forEach(group -> group.topics()
                        .forEach(topic -> topic.partitionIndexes()
                                .forEach(index -> facts.partition(topic.name(), topic.topicId(), index))));
    }

    private static void fetched(OffsetFetchResponseData reply, Facts facts) {
        facts.error(reply.errorCode());
        reply.groups().forEach(group -> facts.error(group.errorCode()));
        reply.topics()
                .forEach(topic -> topic.partitions()
                        .forEach(part -> fetched(
                                facts.partition(topic.name(), Uuid.ZERO_UUID, part.partitionIndex()),
                                part.errorCode(),
                                part.committedOffset())));
        reply.groups()
                .forEach(group -> group.topics()
                        .forEach(topic -> topic.partitions()
                                .forEach(part -> fetched(
                                        facts.partition(topic.name(), topic.topicId(), part.partitionIndex()),
                                        part.errorCode(),
                                        part.committedOffset()))));
    }

    private static void fetched(Facts facts, short errorCode, long offset) {
        facts.error(errorCode).number("offset", offset);
    }

    private static void list(ListOffsetsRequestData request, Facts facts) {
        request.topics()
                .forEach(topic -> topic.partitions()
                        .forEach(part -> facts.partition(topic.name(), part.partitionIndex())
                                .put("timestamp", timestamp(part.timestamp()))));
    }

    private static Object timestamp(long timestamp) {
        return timestamp == LATEST ? "latest" : timestamp == EARLIEST ? "earliest" : (Object) timestamp;
    }

    private static void listed(ListOffsetsResponseData reply, Facts facts) {
        reply.topics()
                .forEach(topic -> topic.partitions()
                        .forEach(part -> facts.partition(topic.name(), part.partitionIndex())
                                .error(part.errorCode())
                                .number("offset", part.offset())));
    }
}
