package mqworkbook.workbench.wire.kafka;

import java.util.List;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.common.message.ShareAcknowledgeRequestData;
import org.apache.kafka.common.message.ShareAcknowledgeResponseData;
import org.apache.kafka.common.message.ShareFetchRequestData;
import org.apache.kafka.common.message.ShareFetchResponseData;
import org.apache.kafka.common.protocol.ApiKeys;

/** Share groups (KIP-932): {@code acquired} tells ranges with their delivery count, {@code acknowledged} with the verdict. */
final class ShareApis {

    private ShareApis() {}

    static void addTo(ApiReaders readers) {
        readers.add(
                ApiKeys.SHARE_FETCH,
                ShareFetchRequestData.class,
                ShareApis::fetch,
                ShareFetchResponseData.class,
                ShareApis::fetched);
        readers.add(
                ApiKeys.SHARE_ACKNOWLEDGE,
                ShareAcknowledgeRequestData.class,
                ShareApis::acknowledge,
                ShareAcknowledgeResponseData.class,
                ShareApis::acknowledged);
    }

    private static void fetch(ShareFetchRequestData request, Facts facts) {
        facts.put("group-id", request.groupId()).put("member-id", request.memberId());
        request.topics()
                .forEach(topic -> topic.partitions()
                        .forEach(part -> facts.partition("", topic.topicId(), part.partitionIndex())
                                .put(
                                        "acknowledged",
                                        part.acknowledgementBatches().stream()
                                                .map(batch -> range(batch.firstOffset(), batch.lastOffset()) + " "
                                                        + verdicts(batch.acknowledgeTypes()))
                                                .toList())));
    }

    private static void fetched(ShareFetchResponseData reply, Facts facts) {
        facts.error(reply.errorCode()).put("error-message", reply.errorMessage());
        reply.responses()
                .forEach(topic -> topic.partitions().forEach(part -> {
                    List<String> acquired = part.acquiredRecords().stream()
                            .map(range -> range(range.firstOffset(), range.lastOffset()) + " x" + range.deliveryCount())
                            .toList();
                    if (part.errorCode() != 0 || part.acknowledgeErrorCode() != 0 || !acquired.isEmpty()) {
                        facts.partition("", topic.topicId(), part.partitionIndex())
                                .error(part.errorCode())
                                .error(part.acknowledgeErrorCode())
                                .put("acquired", acquired);
                    }
                }));
    }

    private static void acknowledge(ShareAcknowledgeRequestData request, Facts facts) {
        facts.put("group-id", request.groupId()).put("member-id", request.memberId());
        request.topics()
                .forEach(topic -> topic.partitions()
                        .forEach(part -> facts.partition("", topic.topicId(), part.partitionIndex())
                                .put(
                                        "acknowledged",
                                        part.acknowledgementBatches().stream()
                                                .map(batch -> range(batch.firstOffset(), batch.lastOffset()) + " "
                                                        + verdicts(batch.acknowledgeTypes()))
                                                .toList())));
    }

    private static void acknowledged(ShareAcknowledgeResponseData reply, Facts facts) {
        facts.error(reply.errorCode()).put("error-message", reply.errorMessage());
        reply.responses()
                .forEach(topic -> topic.partitions()
                        .forEach(part -> facts.partition("", topic.topicId(), part.partitionIndex())
                                .error(part.errorCode())));
    }

    private static String range(long first, long last) {
        return first == last ? "" + first : first + "-" + last;
    }

    /** One verdict for the range, or one for each of its offsets; 0 stands for a gap in the log. */
    private static String verdicts(List<Byte> types) {
        List<String> verdicts = types.stream()
                .map(type -> type == 0 ? "gap" : AcknowledgeType.forId(type).toString())
                .distinct()
                .toList();
        return verdicts.size() == 1 ? verdicts.get(0) : verdicts.toString();
    }
}
