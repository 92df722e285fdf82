package mqworkbook.workbench.wire.kafka;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;
import org.apache.kafka.common.requests.ResponseHeader;

/** Hand-made Kafka frames, written by the client's own codec. */
final class KafkaFrames {

    static final String CLIENT = "client-1";

    private KafkaFrames() {}

    static byte[] request(ApiKeys api, int version, int correlationId, ApiMessage body) {
        RequestHeader header = new RequestHeader(api, (short) version, CLIENT, correlationId);
        return framed(RequestUtils.serialize(header.data(), header.headerVersion(), body, (short) version));
    }

    static byte[] reply(ApiKeys api, int version, int correlationId, ApiMessage body) {
        ResponseHeader header = new ResponseHeader(correlationId, api.responseHeaderVersion((short) version));
        return framed(RequestUtils.serialize(header.data(), header.headerVersion(), body, (short) version));
    }

    static byte[] framed(ByteBuffer content) {
        ByteBuffer frame = ByteBuffer.allocate(Integer.BYTES + content.remaining());
        frame.putInt(content.remaining()).put(content);
        return frame.array();
    }

    static byte[] framed(byte[] content) {
        return framed(ByteBuffer.wrap(content));
    }

    /** Records of an idempotent producer, with these keys; {@code null} for none. */
    static MemoryRecords records(Compression compression, String... keys) {
        SimpleRecord[] records = Arrays.stream(keys)
                .map(key -> new SimpleRecord(1L, bytes(key), bytes("value of " + key)))
                .toArray(SimpleRecord[]::new);
        return MemoryRecords.withIdempotentRecords(compression, 77L, (short) 3, 12, records);
    }

    static MemoryRecords records(String... keys) {
        return records(Compression.NONE, keys);
    }

    static ProduceRequestData produce(int acks, ProduceRequestData.TopicProduceData... topics) {
        ProduceRequestData request =
                new ProduceRequestData().setAcks((short) acks).setTimeoutMs(1000);
        Arrays.stream(topics).forEach(request.topicData()::add);
        return request;
    }

    /** Records for partitions 0 and up of a topic, one batch for each. */
    static ProduceRequestData.TopicProduceData topic(String name, MemoryRecords... partitions) {
        ProduceRequestData.TopicProduceData topic = new ProduceRequestData.TopicProduceData().setName(name);
        for (int index = 0; index < partitions.length; index++) {
            topic.partitionData()
                    .add(new ProduceRequestData.PartitionProduceData()
                            .setIndex(index)
                            .setRecords(partitions[index]));
        }
        return topic;
    }

    static ProduceResponseData produced(String topic, int partition, long baseOffset, int error) {
        ProduceResponseData reply = new ProduceResponseData();
        reply.responses()
                .add(new ProduceResponseData.TopicProduceResponse()
                        .setName(topic)
                        .setPartitionResponses(List.of(new ProduceResponseData.PartitionProduceResponse()
                                .setIndex(partition)
                                .setErrorCode((short) error)
                                .setBaseOffset(baseOffset))));
        return reply;
    }

    /** One broker and one topic. */
    static MetadataResponseData metadata(String host, int port, String topic, Uuid topicId) {
        MetadataResponseData reply = new MetadataResponseData();
        reply.brokers()
                .add(new MetadataResponseData.MetadataResponseBroker()
                        .setNodeId(1)
                        .setHost(host)
                        .setPort(port));
        reply.topics()
                .add(new MetadataResponseData.MetadataResponseTopic()
                        .setName(topic)
                        .setTopicId(topicId));
        return reply;
    }

    static byte[] join(List<byte[]> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        parts.forEach(out::writeBytes);
        return out.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        return join(List.of(parts));
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
