package mqworkbook.workbench.wire.kafka;

import org.apache.kafka.common.message.AddOffsetsToTxnRequestData;
import org.apache.kafka.common.message.AddOffsetsToTxnResponseData;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.EndTxnResponseData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData;
import org.apache.kafka.common.protocol.ApiKeys;

/** Producer ids and transactions. Since 4.0 a Produce or TxnOffsetCommit adds its partition to the transaction by itself. */
final class TransactionApis {

    private TransactionApis() {}

    static void addTo(ApiReaders readers) {
        readers.add(
                ApiKeys.INIT_PRODUCER_ID,
                InitProducerIdRequestData.class,
                TransactionApis::init,
                InitProducerIdResponseData.class,
                TransactionApis::initialised);
        readers.add(
                ApiKeys.ADD_PARTITIONS_TO_TXN,
                AddPartitionsToTxnRequestData.class,
                TransactionApis::addPartitions,
                AddPartitionsToTxnResponseData.class,
                TransactionApis::partitionsAdded);
        readers.add(
                ApiKeys.ADD_OFFSETS_TO_TXN,
                AddOffsetsToTxnRequestData.class,
                (request, facts) -> producer(
                                facts, request.transactionalId(), request.producerId(), request.producerEpoch())
                        .put("group-id", request.groupId()),
                AddOffsetsToTxnResponseData.class,
                (reply, facts) -> facts.error(reply.errorCode()));
        readers.add(
                ApiKeys.TXN_OFFSET_COMMIT,
                TxnOffsetCommitRequestData.class,
                TransactionApis::commitOffsets,
                TxnOffsetCommitResponseData.class,
                TransactionApis::offsetsCommitted);
        readers.add(
                ApiKeys.END_TXN,
                EndTxnRequestData.class,
                (request, facts) -> producer(
                                facts, request.transactionalId(), request.producerId(), request.producerEpoch())
                        .put("result", request.committed() ? "commit" : "abort"),
                EndTxnResponseData.class,
                (reply, facts) -> producer(facts, "", reply.producerId(), reply.producerEpoch())
                        .error(reply.errorCode()));
    }

    private static Facts producer(Facts facts, String transactionalId, long producerId, short epoch) {
        return facts.put("transactional-id", transactionalId)
                .number("producer-id", producerId)
                .number("producer-epoch", epoch);
    }

    private static void init(InitProducerIdRequestData request, Facts facts) {
        producer(facts, request.transactionalId(), request.producerId(), request.producerEpoch());
    }

    private static void initialised(InitProducerIdResponseData reply, Facts facts) {
        producer(facts, "", reply.producerId(), reply.producerEpoch()).error(reply.errorCode());
    }

    private static void addPartitions(AddPartitionsToTxnRequestData request, Facts facts) {
        // Version 3 and before come from clients, later ones from brokers, for several transactions at once.
        producer(
                facts,
                request.v3AndBelowTransactionalId(),
                request.v3AndBelowProducerId(),
                request.v3AndBelowProducerEpoch());
        request.transactions()
                .forEach(one -> producer(facts, one.transactionalId(), one.producerId(), one.producerEpoch()));
        request.v3AndBelowTopics()
                .forEach(topic -> topic.partitions().forEach(index -> facts.partition(topic.name(), index)));
        request.transactions()
                .forEach(one -> one.topics()
                        .forEach(topic -> topic.partitions().forEach(index -> facts.partition(topic.name(), index))));
    }

    private static void partitionsAdded(AddPartitionsToTxnResponseData reply, Facts facts) {
        facts.error(reply.errorCode());
        reply.resultsByTopicV3AndBelow().forEach(topic -> partitionsAdded(topic, facts));
        reply.resultsByTransaction().forEach(one -> one.topicResults().forEach(topic -> partitionsAdded(topic, facts)));
    }

    private static void partitionsAdded(
            AddPartitionsToTxnResponseData.AddPartitionsToTxnTopicResult topic, Facts facts) {
        topic.resultsByPartition()
                .forEach(part ->
                        facts.partition(topic.name(), part.partitionIndex()).error(part.partitionErrorCode()));
    }

    private static void commitOffsets(TxnOffsetCommitRequestData request, Facts facts) {
        producer(facts, request.transactionalId(), request.producerId(), request.producerEpoch())
                .put("group-id", request.groupId())
                .put("member-id", request.memberId())
                .number("generation-id", request.generationIdOrMemberEpoch());
        request.topics()
                .forEach(topic -> topic.partitions()
                        .forEach(part -> facts.partition(topic.name(), topic.topicId(), part.partitionIndex())
                                .put("offset", part.committedOffset())
                                .put("metadata", part.committedMetadata())));
    }

    private static void offsetsCommitted(TxnOffsetCommitResponseData reply, Facts facts) {
        reply.topics()
                .forEach(topic -> topic.partitions()
                        .forEach(part -> facts.partition(topic.name(), topic.topicId(), part.partitionIndex())
                                .error(part.errorCode())));
    }
}
