package mqworkbook.workbench.wire.rocketmq;

import static mqworkbook.workbench.wire.Direction.TO_BROKER;
import static mqworkbook.workbench.wire.Direction.TO_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import mqworkbook.workbench.wire.Detours;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Tap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.statistics.Statistics;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.SerializeType;

/** What holds for any frames, cut in any way. */
class RemotingSplitterProperties {

    private static final Detours DETOURS = advertised -> new InetSocketAddress("127.0.0.1", 50_000);

    /** A request and its reply; opaque is given when they are written. */
    record Exchange(int code, String name, SerializeType type, String text, byte[] request, byte[] reply) {

        @Override
        public String toString() {
            return name + " " + type;
        }

        byte[] requestFrame(int opaque) {
            RemotingCommand command = code == RequestCode.SEND_MESSAGE_V2
                    ? Frames.send(opaque, text, request, type)
                    : Frames.request(code, opaque, Map.of("text", text));
            command.setSerializeTypeCurrentRPC(type);
            command.setBody(request);
            return Frames.bytes(command);
        }

        byte[] replyFrame(int opaque) {
            RemotingCommand command = Frames.reply(ResponseCode.SUCCESS, opaque, Map.of("text", text));
            command.setSerializeTypeCurrentRPC(type);
            command.setBody(reply);
            return Frames.bytes(command);
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void anyChunkingYieldsTheSameMessagesAndTheSameBytes(
            @ForAll("exchanges") List<Exchange> exchanges, @ForAll @Size(max = 60) List<@IntRange Integer> cuts) {
        byte[] requests = requests(exchanges);
        byte[] replies = replies(exchanges);
        List<String> names = exchanges.stream().map(Exchange::name).toList();
        Tap whole = tap(Detours.NONE).fromClient(requests).fromBroker(replies);
        Tap chunked = tap(Detours.NONE);
        inChunks(chunked, TO_BROKER, requests, cuts);
        inChunks(chunked, TO_CLIENT, replies, cuts);

        assertThat(whole.names(TO_BROKER)).isEqualTo(names);
        assertThat(whole.names(TO_CLIENT)).isEqualTo(names);
        assertThat(chunked.messages()).isEqualTo(whole.messages());
        assertThat(chunked.toBroker()).isEqualTo(requests);
        assertThat(chunked.toClient()).isEqualTo(replies);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void addressesAreLedAroundHoweverTheStreamIsCut(
            @ForAll("exchanges") List<Exchange> exchanges, @ForAll @Size(max = 60) List<@IntRange Integer> cuts) {
        Tap whole = tap(DETOURS).fromClient(requests(exchanges)).fromBroker(replies(exchanges));
        Tap chunked = tap(DETOURS).fromClient(requests(exchanges));
        inChunks(chunked, TO_CLIENT, replies(exchanges), cuts);
        assertThat(chunked.toClient()).isEqualTo(whole.toClient());
        assertThat(chunked.messages()).isEqualTo(whole.messages());
        assertThat(new String(chunked.toClient(), StandardCharsets.ISO_8859_1)).doesNotContain("10.0.0.7:10911");
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void byteByByteYieldsTheSameMessages(@ForAll("exchanges") List<Exchange> exchanges) {
        byte[] requests = requests(exchanges);
        Tap single = tap(Detours.NONE);
        for (int i = 0; i < requests.length; i++) {
            single.feed(TO_BROKER, requests, i, i + 1);
        }
        assertThat(single.messages())
                .isEqualTo(tap(Detours.NONE).fromClient(requests).messages());
        assertThat(single.toBroker()).isEqualTo(requests);
    }

    // jqwik 1.9.3 cannot shrink an array of bytes (argument type mismatch), and would hide the failure.
    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void garbageAnywhereLosesNoByte(
            @ForAll("exchanges") List<Exchange> exchanges,
            @ForAll @Size(max = 20) List<@IntRange Integer> damaged,
            @ForAll byte[] garbage,
            @ForAll @Size(max = 60) List<@IntRange Integer> cuts) {
        byte[] requests = damage(concat(requests(exchanges), garbage), damaged);
        byte[] replies = damage(concat(replies(exchanges), garbage), damaged);
        Tap tap = tap(Detours.NONE);
        inChunks(tap, TO_BROKER, requests, cuts);
        inChunks(tap, TO_CLIENT, replies, cuts);
        tap.end();
        Statistics.label("raw").collect(tap.messages().stream().anyMatch(message -> message.is("raw")));
        assertThat(tap.toBroker()).isEqualTo(requests);
        assertThat(tap.toClient()).isEqualTo(replies);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void damagedBodiesWithAddressesDoNoHarm(
            @ForAll @Size(min = 1, max = 20) List<@IntRange Integer> damaged, @ForAll("addressed") Exchange exchange) {
        byte[] body = damage(exchange.reply().clone(), damaged);
        Exchange odd = new Exchange(exchange.code, exchange.name, exchange.type, exchange.text, exchange.request, body);
        Tap tap = tap(DETOURS).fromClient(odd.requestFrame(1)).fromBroker(odd.replyFrame(1), exchange.replyFrame(9));
        assertThat(tap.names(TO_CLIENT)).containsExactly(exchange.name(), "reply");
    }

    @Provide
    Arbitrary<List<Exchange>> exchanges() {
        Arbitrary<Integer> codes = Arbitraries.of(
                RequestCode.HEART_BEAT,
                RequestCode.UPDATE_CONSUMER_OFFSET,
                RequestCode.LOCK_BATCH_MQ,
                RequestCode.SEND_MESSAGE_V2);
        Arbitrary<Exchange> plain = Combinators.combine(codes, types(), texts(), bodies(), bodies())
                .as((code, type, text, request, reply) ->
                        new Exchange(code, Codes.request(code), type, text, request, reply));
        return Arbitraries.oneOf(plain, addressed()).list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<Exchange> addressed() {
        byte[] route =
                ("{\"brokerDatas\":[{\"brokerAddrs\":{0:\"10.0.0.7:10911\",1:\"10.0.0.7:10911\"},\"brokerName\":\"b\"}]}")
                        .getBytes(StandardCharsets.UTF_8);
        Arbitrary<Exchange> routes = types().map(type -> new Exchange(
                RequestCode.GET_ROUTEINFO_BY_TOPIC, "GET_ROUTEINFO_BY_TOPIC", type, "t", new byte[0], route));
        Arbitrary<Exchange> pulls = Combinators.combine(
                        types(), Arbitraries.integers().between(0, 3))
                .as((type, count) ->
                        new Exchange(RequestCode.PULL_MESSAGE, "PULL_MESSAGE", type, "t", new byte[0], stored(count)));
        return Arbitraries.oneOf(routes, pulls);
    }

    private static byte[] stored(int count) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            keys.add("order-" + i);
        }
        return Frames.stored(keys.toArray(String[]::new));
    }

    private static Arbitrary<SerializeType> types() {
        return Arbitraries.of(SerializeType.class);
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(30);
    }

    private static Arbitrary<byte[]> bodies() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(400);
    }

    private static Tap tap(Detours detours) {
        return new Tap(new RocketMqProtocol(), detours);
    }

    private static byte[] requests(List<Exchange> exchanges) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < exchanges.size(); i++) {
            bytes.writeBytes(exchanges.get(i).requestFrame(i));
        }
        return bytes.toByteArray();
    }

    private static byte[] replies(List<Exchange> exchanges) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < exchanges.size(); i++) {
            bytes.writeBytes(exchanges.get(i).replyFrame(i));
        }
        return bytes.toByteArray();
    }

    private static byte[] concat(byte[] one, byte[] other) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(one);
        bytes.writeBytes(other);
        return bytes.toByteArray();
    }

    private static byte[] damage(byte[] bytes, List<Integer> places) {
        places.stream()
                .filter(at -> bytes.length > 0)
                .forEach(at -> bytes[Math.floorMod(at, bytes.length)] = (byte) (at >> 3));
        return bytes;
    }

    private static void inChunks(Tap tap, Direction direction, byte[] bytes, List<Integer> cuts) {
        int from = 0;
        for (int cut : new TreeSet<>(cuts.stream()
                .map(at -> bytes.length == 0 ? 0 : Math.floorMod(at, bytes.length))
                .toList())) {
            tap.feed(direction, bytes, from, cut);
            from = cut;
        }
        tap.feed(direction, bytes, from, bytes.length);
    }
}
