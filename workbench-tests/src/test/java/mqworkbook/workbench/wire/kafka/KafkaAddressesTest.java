package mqworkbook.workbench.wire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import mqworkbook.workbench.wire.Detours;
import mqworkbook.workbench.wire.WireMessage;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ShareAcknowledgeResponseData;
import org.apache.kafka.common.message.ShareFetchResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.types.RawTaggedField;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that a broker tells its clients, and the relay's in their place. */
class KafkaAddressesTest {

    private static final int CORRELATION = 3;

    /** A relay whose port for a broker is the broker's and 10,000. */
    private static final Detours DETOURS =
            advertised -> new InetSocketAddress("127.0.0.1", advertised.getPort() + 10_000);

    private final Dialogue dialogue = new Dialogue(new KafkaProtocol(), DETOURS);

    /** Each reply in which a broker tells where to connect, with one node at 10.0.0.7:9092. */
    enum Telling {
        METADATA(ApiKeys.METADATA, KafkaFrames.metadata("10.0.0.7", 9092, "uploads", Uuid.randomUuid())),
        OLD_METADATA(ApiKeys.METADATA, 1, KafkaFrames.metadata("10.0.0.7", 9092, "uploads", Uuid.ZERO_UUID)),
        FIND_COORDINATOR(
                ApiKeys.FIND_COORDINATOR,
                new FindCoordinatorResponseData()
                        .setCoordinators(List.of(new FindCoordinatorResponseData.Coordinator()
                                .setKey("g")
                                .setHost("10.0.0.7")
                                .setPort(9092)))),
        OLD_FIND_COORDINATOR(
                ApiKeys.FIND_COORDINATOR,
                3,
                new FindCoordinatorResponseData().setHost("10.0.0.7").setPort(9092)),
        DESCRIBE_CLUSTER(ApiKeys.DESCRIBE_CLUSTER, cluster()),
        PRODUCE(ApiKeys.PRODUCE, produced()),
        FETCH(ApiKeys.FETCH, fetched()),
        SHARE_FETCH(ApiKeys.SHARE_FETCH, shareFetched()),
        SHARE_ACKNOWLEDGE(ApiKeys.SHARE_ACKNOWLEDGE, shareAcknowledged());

        final ApiKeys api;
        final int version;
        final ApiMessage reply;

        Telling(ApiKeys api, ApiMessage reply) {
            this(api, api.latestVersion(), reply);
        }

        Telling(ApiKeys api, int version, ApiMessage reply) {
            this.api = api;
            this.version = version;
            this.reply = reply;
        }

        private static ApiMessage cluster() {
            DescribeClusterResponseData reply = new DescribeClusterResponseData().setClusterId("c");
            reply.brokers()
                    .add(new DescribeClusterResponseData.DescribeClusterBroker()
                            .setBrokerId(1)
                            .setHost("10.0.0.7")
                            .setPort(9092));
            return reply;
        }

        private static ApiMessage produced() {
            ProduceResponseData reply = new ProduceResponseData();
            reply.nodeEndpoints()
                    .add(new ProduceResponseData.NodeEndpoint()
                            .setNodeId(1)
                            .setHost("10.0.0.7")
                            .setPort(9092));
            return reply;
        }

        /** With records, which go on as they are. */
        private static ApiMessage fetched() {
            FetchResponseData reply = new FetchResponseData()
                    .setResponses(List.of(new FetchResponseData.FetchableTopicResponse()
                            .setTopicId(Uuid.randomUuid())
                            .setPartitions(List.of(new FetchResponseData.PartitionData()
                                    .setPartitionIndex(0)
                                    .setRecords(KafkaFrames.records("a", "b"))))));
            reply.nodeEndpoints()
                    .add(new FetchResponseData.NodeEndpoint()
                            .setNodeId(1)
                            .setHost("10.0.0.7")
                            .setPort(9092));
            return reply;
        }

        private static ApiMessage shareFetched() {
            ShareFetchResponseData reply = new ShareFetchResponseData();
            reply.nodeEndpoints()
                    .add(new ShareFetchResponseData.NodeEndpoint()
                            .setNodeId(1)
                            .setHost("10.0.0.7")
                            .setPort(9092));
            return reply;
        }

        private static ApiMessage shareAcknowledged() {
            ShareAcknowledgeResponseData reply = new ShareAcknowledgeResponseData();
            reply.nodeEndpoints()
                    .add(new ShareAcknowledgeResponseData.NodeEndpoint()
                            .setNodeId(1)
                            .setHost("10.0.0.7")
                            .setPort(9092));
            return reply;
        }
    }

    @ParameterizedTest
    @EnumSource
    void theClientGetsTheRelaysAddressAndAllElseAsItWas(Telling telling) {
        byte[] frame = asked(telling.api, telling.version, telling.reply);
        WireMessage message = dialogue.answer(frame);
        assertThat(message.name()).isEqualTo(telling.api.name);

        String before = text(telling.reply);
        assertThat(before).contains("host='10.0.0.7', port=9092");
        assertThat(text(received(telling.api, telling.version)))
                .isEqualTo(before.replace("host='10.0.0.7', port=9092", "host='127.0.0.1', port=19092"));
    }

    @ParameterizedTest
    @EnumSource
    void withoutADetourNotAByteChanges(Telling telling) {
        Dialogue straight = new Dialogue();
        straight.ask(request(telling.api, telling.version));
        byte[] frame = KafkaFrames.reply(telling.api, telling.version, CORRELATION, telling.reply);
        straight.answer(frame);
        assertThat(straight.toClient().bytes()).isEqualTo(frame);
    }

    @Test
    void theHistoryTellsWhatTheBrokerAdvertises() {
        assertThat(dialogue.answer(asked(ApiKeys.METADATA, 12, Telling.METADATA.reply))
                        .field("brokers"))
                .isEqualTo("[1@10.0.0.7:9092]");
        assertThat(dialogue.answer(asked(ApiKeys.FIND_COORDINATOR, 3, Telling.OLD_FIND_COORDINATOR.reply))
                        .field("coordinator"))
                .endsWith("@10.0.0.7:9092");
    }

    @ParameterizedTest
    @ValueSource(strings = {"::1", "[::1]", "no-such-host.invalid", "localhost", "fe80::1%eth9", "nonsense host"})
    void anyHostNameIsLedAround(String host) {
        dialogue.answer(asked(ApiKeys.METADATA, 12, KafkaFrames.metadata(host, 9092, "uploads", Uuid.randomUuid())));
        MetadataResponseData.MetadataResponseBroker broker = ((MetadataResponseData) received(ApiKeys.METADATA, 12))
                .brokers()
                .find(1);
        assertThat(broker.host() + " " + broker.port()).isEqualTo("127.0.0.1 19092");
    }

    @Test
    void aCoordinatorThatIsNotAvailableHasNoAddressToReplace() {
        byte[] frame = asked(
                ApiKeys.FIND_COORDINATOR,
                6,
                new FindCoordinatorResponseData()
                        .setCoordinators(List.of(new FindCoordinatorResponseData.Coordinator()
                                .setKey("g")
                                .setNodeId(-1)
                                .setHost("")
                                .setPort(-1)
                                .setErrorCode((short) 15))));
        WireMessage message = dialogue.answer(frame);
        assertThat(message.field("error")).isEqualTo("COORDINATOR_NOT_AVAILABLE");
        assertThat(message.field("coordinator")).isEmpty();
        assertThat(dialogue.toClient().bytes()).isEqualTo(frame);
    }

    @Test
    void whatALaterBrokerAddsGoesOnToo() {
        MetadataResponseData reply = KafkaFrames.metadata("10.0.0.7", 9092, "uploads", Uuid.randomUuid());
        reply.unknownTaggedFields().add(new RawTaggedField(4711, new byte[] {1, 2, 3}));
        dialogue.answer(asked(ApiKeys.METADATA, 12, reply));
        assertThat(received(ApiKeys.METADATA, 12).unknownTaggedFields())
                .containsExactly(new RawTaggedField(4711, new byte[] {1, 2, 3}));
    }

    /** Without the capacity of buffers, which lie in larger ones once they were received. */
    private static String text(ApiMessage reply) {
        return reply.toString().replaceAll(" cap=\\d+", "");
    }

    /** The reply's frame, with its request already on the way. */
    private byte[] asked(ApiKeys api, int version, ApiMessage reply) {
        dialogue.ask(request(api, version));
        return KafkaFrames.reply(api, version, CORRELATION, reply);
    }

    private static byte[] request(ApiKeys api, int version) {
        ApiMessage request = api == ApiKeys.PRODUCE ? KafkaFrames.produce(-1) : api.messageType.newRequest();
        return KafkaFrames.request(api, version, CORRELATION, request);
    }

    /** What the client reads, by its own codec. */
    private ApiMessage received(ApiKeys api, int version) {
        ByteBuffer bytes = ByteBuffer.wrap(dialogue.toClient().bytes());
        assertThat(bytes.getInt()).as("length").isEqualTo(bytes.remaining());
        return AbstractResponse.parseResponse(
                        bytes, new RequestHeader(api, (short) version, KafkaFrames.CLIENT, CORRELATION))
                .data();
    }
}
