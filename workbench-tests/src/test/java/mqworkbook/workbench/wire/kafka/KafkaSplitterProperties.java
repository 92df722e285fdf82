package mqworkbook.workbench.wire.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import mqworkbook.workbench.wire.Detours;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.RequestHeader;

/** What holds for any bytes, cut in any way. */
class KafkaSplitterProperties {

    private static final Detours AROUND =
            advertised -> new InetSocketAddress("127.0.0.1", advertised.getPort() % 20_000 + 20_000);

    /** A request and its reply. */
    record Pair(ApiKeys api, int version, ApiMessage request, ApiMessage reply) {

        byte[] request(int correlationId) {
            return KafkaFrames.request(api, version, correlationId, request);
        }

        byte[] reply(int correlationId) {
            return KafkaFrames.reply(api, version, correlationId, reply);
        }

        @Override
        public String toString() {
            return api.name + " v" + version;
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void anyChunkingYieldsTheSameMessagesAndTheSameBytes(
            @ForAll("pairs") List<Pair> pairs,
            @ForAll @Size(max = 60) List<@IntRange(max = 1_000_000) Integer> requestCuts,
            @ForAll @Size(max = 60) List<@IntRange(max = 1_000_000) Integer> replyCuts) {
        byte[] requests = requests(pairs);
        byte[] replies = replies(pairs);
        Dialogue whole = new Dialogue();
        whole.toBroker().feed(requests);
        whole.toClient().feed(replies);
        Dialogue chunked = new Dialogue();
        feedInChunks(chunked.toBroker(), requests, requestCuts);
        feedInChunks(chunked.toClient(), replies, replyCuts);

        List<String> names = pairs.stream().map(pair -> pair.api.name).toList();
        assertThat(whole.toBroker().names()).isEqualTo(names);
        assertThat(whole.toClient().names()).isEqualTo(names);
        assertThat(chunked.toBroker().messages()).isEqualTo(whole.toBroker().messages());
        assertThat(chunked.toClient().messages()).isEqualTo(whole.toClient().messages());
        assertThat(whole.toBroker().bytes()).isEqualTo(requests);
        assertThat(chunked.toBroker().bytes()).isEqualTo(requests);
        assertThat(whole.toClient().bytes()).isEqualTo(replies);
        assertThat(chunked.toClient().bytes()).isEqualTo(replies);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void repliesAreReadByTheirRequestsHoweverManyAreUnderWay(
            @ForAll("pairs") List<Pair> pairs, @ForAll @Size(max = 30) List<Boolean> answerNext) {
        Dialogue dialogue = new Dialogue();
        int asked = 0;
        int answered = 0;
        int most = 0;
        for (int step = 0; answered < pairs.size(); step++) {
            boolean answer = asked == pairs.size() || (step < answerNext.size() && answerNext.get(step));
            if (answer && answered < asked) {
                dialogue.answer(pairs.get(answered).reply(answered));
                answered++;
            } else if (asked < pairs.size()) {
                dialogue.ask(pairs.get(asked).request(asked));
                asked++;
            }
            most = Math.max(most, asked - answered);
        }
        Statistics.label("most under way").collect(Math.min(most, 5));
        for (int i = 0; i < pairs.size(); i++) {
            assertThat(dialogue.toClient().messages().get(i).name()).isEqualTo(pairs.get(i).api.name);
            assertThat(dialogue.toClient().messages().get(i).field("correlation-id"))
                    .isEqualTo("" + i);
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void onlyAddressesChangeAndOnlyWhereThereAreSome(
            @ForAll("pairs") List<Pair> pairs, @ForAll @Size(max = 60) List<@IntRange(max = 1_000_000) Integer> cuts) {
        Dialogue dialogue = new Dialogue(new KafkaProtocol(), AROUND);
        dialogue.toBroker().feed(requests(pairs));
        feedInChunks(dialogue.toClient(), replies(pairs), cuts);

        ByteBuffer out = ByteBuffer.wrap(dialogue.toClient().bytes());
        for (int i = 0; i < pairs.size(); i++) {
            Pair pair = pairs.get(i);
            byte[] content = new byte[out.getInt()];
            out.get(content);
            if (pair.api == ApiKeys.METADATA) {
                RequestHeader header = new RequestHeader(pair.api, (short) pair.version, KafkaFrames.CLIENT, i);
                assertThat(AbstractResponse.parseResponse(ByteBuffer.wrap(content), header)
                                .data()
                                .toString())
                        .isEqualTo(led(pair.reply.toString()));
            } else {
                assertThat(KafkaFrames.framed(content)).isEqualTo(pair.reply(i));
            }
        }
        assertThat(out.hasRemaining()).isFalse();
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void garbageAnywhereLosesNoByte(
            @ForAll("pairs") List<Pair> pairs,
            @ForAll @Size(max = 20) List<@IntRange(max = 1_000_000) Integer> damaged,
            @ForAll byte[] garbage,
            @ForAll @Size(max = 60) List<@IntRange(max = 1_000_000) Integer> cuts) {
        byte[] requests = damage(KafkaFrames.join(requests(pairs), garbage), damaged);
        byte[] replies = damage(KafkaFrames.join(replies(pairs), garbage), damaged);
        Dialogue dialogue = new Dialogue();
        feedInChunks(dialogue.toBroker(), requests, cuts).end();
        feedInChunks(dialogue.toClient(), replies, cuts).end();
        Statistics.label("raw").collect(dialogue.toClient().names().contains("raw"));
        assertThat(dialogue.toBroker().bytes()).isEqualTo(requests);
        assertThat(dialogue.toClient().bytes()).isEqualTo(replies);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void randomBytesInRealFramesPassUnchanged(
            @ForAll @Size(max = 10) List<byte[]> contents, @ForAll @IntRange(max = 95) int api) {
        List<byte[]> frames = new ArrayList<>();
        for (byte[] content : contents) {
            byte[] head = {0, (byte) api, 0, (byte) (content.length % 14), 0, 0, 0, 1};
            frames.add(KafkaFrames.framed(KafkaFrames.join(head, content)));
            frames.add(KafkaFrames.framed(content));
        }
        byte[] requests = KafkaFrames.join(frames);
        Dialogue dialogue = new Dialogue();
        dialogue.toBroker().feed(requests);
        dialogue.toClient().feed(requests);
        assertThat(dialogue.toBroker().bytes()).isEqualTo(requests);
        assertThat(dialogue.toClient().bytes()).isEqualTo(requests);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void everyApiInEveryVersionHasItsName(@ForAll("versions") Pair pair) {
        Dialogue dialogue = new Dialogue(new KafkaProtocol(), AROUND);
        assertThat(dialogue.ask(pair.request(1)).name()).isEqualTo(pair.api.name);
        assertThat(dialogue.answer(pair.reply(1)).name()).isEqualTo(pair.api.name);
        assertThat(dialogue.toBroker().bytes()).isEqualTo(pair.request(1));
        assertThat(dialogue.toClient().bytes()).isEqualTo(pair.reply(1));
    }

    @Provide
    Arbitrary<Pair> versions() {
        return Arbitraries.of(ApiKeys.clientApis())
                .flatMap(api -> Arbitraries.integers()
                        .between(api.oldestVersion(), api.latestVersion())
                        .map(version -> new Pair(
                                api,
                                version,
                                api == ApiKeys.PRODUCE ? KafkaFrames.produce(1) : api.messageType.newRequest(),
                                api.messageType.newResponse())));
    }

    @Provide
    Arbitrary<List<Pair>> pairs() {
        return Arbitraries.oneOf(produces(), commits(), metadata(), heartbeats())
                .list()
                .ofMaxSize(12);
    }

    private static Arbitrary<Pair> produces() {
        Arbitrary<String> topics = Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(8);
        Arbitrary<List<String>> keys = Arbitraries.strings()
                .ofMaxLength(12)
                .injectNull(0.2)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
        Arbitrary<Compression> compressions = Arbitraries.of(
                Compression.NONE, Compression.gzip().build(), Compression.lz4().build());
        return Combinators.combine(
                        Arbitraries.integers().between(3, 12), topics, keys, compressions, Arbitraries.of(-1, 1))
                .as((version, topic, key, compression, acks) -> new Pair(
                        ApiKeys.PRODUCE,
                        version,
                        KafkaFrames.produce(
                                acks,
                                KafkaFrames.topic(topic, KafkaFrames.records(compression, key.toArray(String[]::new)))),
                        KafkaFrames.produced(topic, 0, 7, 0)));
    }

    private static Arbitrary<Pair> commits() {
        BiFunction<Integer, Long, Pair> commit = (version, offset) -> new Pair(
                ApiKeys.OFFSET_COMMIT,
                version,
                new OffsetCommitRequestData()
                        .setGroupId("g")
                        .setTopics(List.of(new OffsetCommitRequestData.OffsetCommitRequestTopic()
                                .setName("uploads")
                                .setPartitions(List.of(new OffsetCommitRequestData.OffsetCommitRequestPartition()
                                        .setPartitionIndex(0)
                                        .setCommittedOffset(offset))))),
                new OffsetCommitResponseData()
                        .setTopics(List.of(new OffsetCommitResponseData.OffsetCommitResponseTopic()
                                .setName("uploads")
                                .setPartitions(List.of(new OffsetCommitResponseData.OffsetCommitResponsePartition()
                                        .setPartitionIndex(0))))));
        return Combinators.combine(
                        Arbitraries.integers().between(2, 9),
                        Arbitraries.longs().greaterOrEqual(0))
                .as((version, offset) -> commit.apply(version, offset));
    }

    private static Arbitrary<Pair> metadata() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(1, 0xFFFF),
                        Arbitraries.of("10.0.0.7", "::1", "127.0.0.1"))
                .as((version, port, host) -> new Pair(
                        ApiKeys.METADATA,
                        version,
                        ApiKeys.METADATA.messageType.newRequest(),
                        KafkaFrames.metadata(host, port, "uploads", version < 10 ? Uuid.ZERO_UUID : new Uuid(1, 2))));
    }

    private static Arbitrary<Pair> heartbeats() {
        return Arbitraries.integers()
                .between(0, 4)
                .map(version -> new Pair(
                        ApiKeys.HEARTBEAT,
                        version,
                        new HeartbeatRequestData().setGroupId("g"),
                        new HeartbeatResponseData()));
    }

    /** The text of a reply as it must be behind {@link #AROUND}. */
    private static String led(String reply) {
        return Pattern.compile("host='[^']*', port=(\\d+)")
                .matcher(reply)
                .replaceAll(found -> "host='127.0.0.1', port=" + (Integer.parseInt(found.group(1)) % 20_000 + 20_000));
    }

    private static byte[] requests(List<Pair> pairs) {
        return KafkaFrames.join(IntStream.range(0, pairs.size())
                .mapToObj(i -> pairs.get(i).request(i))
                .toList());
    }

    private static byte[] replies(List<Pair> pairs) {
        return KafkaFrames.join(IntStream.range(0, pairs.size())
                .mapToObj(i -> pairs.get(i).reply(i))
                .toList());
    }

    private static byte[] damage(byte[] bytes, List<Integer> places) {
        places.stream().filter(at -> bytes.length > 0).forEach(at -> bytes[at % bytes.length] = (byte) (at >> 3));
        return bytes;
    }

    private static Dialogue.Side feedInChunks(Dialogue.Side side, byte[] bytes, List<Integer> cuts) {
        int from = 0;
        for (int cut : new TreeSet<>(cuts.stream()
                .map(at -> bytes.length == 0 ? 0 : at % bytes.length)
                .toList())) {
            side.feed(bytes, from, cut);
            from = cut;
        }
        return side.feed(bytes, from, bytes.length);
    }
}
