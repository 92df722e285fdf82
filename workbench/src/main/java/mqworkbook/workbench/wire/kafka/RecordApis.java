package mqworkbook.workbench.wire.kafka;

import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;

/** Produce and Fetch: the messages that carry records. */
final class RecordApis {

    private static final byte READ_COMMITTED = 1;

    private RecordApis() {}

    static void addTo(ApiReaders readers) {
        readers.add(
                ApiKeys.PRODUCE,
                ProduceRequestData.class,
                RecordApis::produce,
                ProduceResponseData.class,
                RecordApis::produced);
        readers.add(
                ApiKeys.FETCH, FetchRequestData.class, RecordApis::fetch, FetchResponseData.class, RecordApis::fetched);
    }

    private static void produce(ProduceRequestData request, Facts facts) {
        facts.put("acks", (int) request.acks()).put("transactional-id", request.transactionalId());
        request.topicData()
                .forEach(topic -> topic.partitionData().forEach(part -> {
                    facts.partition(topic.name(), topic.topicId(), part.index());
                    Batches.sent(part.records(), facts);
                }));
    }

    private static void produced(ProduceResponseData reply, Facts facts) {
        reply.responses()
                .forEach(topic -> topic.partitionResponses()
                        .forEach(part -> facts.partition(topic.name(), topic.topicId(), part.index())
                                .error(part.errorCode())
                                .put("error-message", part.errorMessage())
                                .number("base-offset", part.baseOffset())));
    }

    private static void fetch(FetchRequestData request, Facts facts) {
        if (request.isolationLevel() == READ_COMMITTED) {
            facts.put("isolation-level", "read_committed");
        }
        request.topics()
                .forEach(topic -> topic.partitions()
                        .forEach(part -> facts.partition(topic.topic(), topic.topicId(), part.partition())
                                .number("fetch-offset", part.fetchOffset())));
    }

    private static void fetched(FetchResponseData reply, Facts facts) {
        facts.error(reply.errorCode());
        reply.responses()
                .forEach(topic -> topic.partitions().forEach(part -> {
                    // Consumers ask all the time: what brought nothing is not worth telling.
                    if (part.errorCode() != 0 || Batches.isAny(part.records())) {
                        facts.partition(topic.topic(), topic.topicId(), part.partitionIndex())
                                .error(part.errorCode())
                                .number("high-watermark", part.highWatermark());
                        Batches.delivered(part.records(), facts);
                    }
                }));
    }
}
