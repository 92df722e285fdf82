package mqworkbook.workbench.wire.redis;

import static mqworkbook.workbench.wire.Direction.TO_BROKER;
import static mqworkbook.workbench.wire.Direction.TO_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.TreeSet;
import mqworkbook.workbench.wire.Detours;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Tap;
import mqworkbook.workbench.wire.WireMessage;
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

/** What holds for any values, cut in any way. */
class RespSplitterProperties {

    /** A command, with what a server answers, and what it sends unasked before that. */
    record Exchange(String name, byte[] command, byte[] pushes, byte[] reply) {

        @Override
        public String toString() {
            return name;
        }
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void anyChunkingYieldsTheSameMessagesAndTheSameBytes(
            @ForAll("exchanges") List<Exchange> exchanges, @ForAll @Size(max = 60) List<@IntRange Integer> cuts) {
        byte[] commands = join(exchanges, Exchange::command);
        byte[] replies = joinReplies(exchanges);
        Tap whole = tap().fromClient(commands).fromBroker(replies);
        Tap chunked = tap();
        inChunks(chunked, TO_BROKER, commands, cuts);
        inChunks(chunked, TO_CLIENT, replies, cuts);

        List<String> names = exchanges.stream().map(Exchange::name).toList();
        assertThat(whole.names(TO_BROKER)).isEqualTo(names);
        assertThat(whole.names(TO_CLIENT).stream().filter(name -> !name.startsWith("push.")))
                .isEqualTo(names);
        assertThat(chunked.messages()).isEqualTo(whole.messages());
        assertThat(chunked.toBroker()).isEqualTo(commands);
        assertThat(chunked.toClient()).isEqualTo(replies);
    }

    @Property(tries = 50, edgeCases = EdgeCasesMode.NONE)
    void byteByByteYieldsTheSameMessages(@ForAll("exchanges") List<Exchange> exchanges) {
        byte[] commands = join(exchanges, Exchange::command);
        Tap single = tap();
        for (int i = 0; i < commands.length; i++) {
            single.feed(TO_BROKER, commands, i, i + 1);
        }
        assertThat(single.messages()).isEqualTo(tap().fromClient(commands).messages());
        assertThat(single.toBroker()).isEqualTo(commands);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void garbageAnywhereLosesNoByte(
            @ForAll("exchanges") List<Exchange> exchanges,
            @ForAll @Size(max = 20) List<@IntRange Integer> damaged,
            @ForAll("noise") byte[] garbage,
            @ForAll @Size(max = 60) List<@IntRange Integer> cuts) {
        byte[] commands = damage(concat(join(exchanges, Exchange::command), garbage), damaged);
        byte[] replies = damage(concat(joinReplies(exchanges), garbage), damaged);
        Tap tap = tap();
        inChunks(tap, TO_BROKER, commands, cuts);
        inChunks(tap, TO_CLIENT, replies, cuts);
        tap.end();
        Statistics.label("raw").collect(tap.messages().stream().anyMatch(message -> message.is("raw")));
        assertThat(tap.toBroker()).isEqualTo(commands);
        assertThat(tap.toClient()).isEqualTo(replies);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void noiseAloneLosesNoByte(@ForAll("noise") byte[] garbage, @ForAll @Size(max = 60) List<@IntRange Integer> cuts) {
        Tap tap = tap();
        inChunks(tap, TO_BROKER, garbage, cuts);
        inChunks(tap, TO_CLIENT, garbage, cuts);
        tap.end();
        assertThat(tap.toBroker()).isEqualTo(garbage);
        assertThat(tap.toClient()).isEqualTo(garbage);
        assertThat(tap.messages()).extracting(WireMessage::name).doesNotContainNull();
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void anyWordsMakeACommand(@ForAll("words") List<String> words) {
        Tap tap = tap().fromClient(Resp.command(words.toArray(String[]::new)));
        assertThat(tap.messages()).hasSize(1);
        String name = tap.last().name();
        tap.fromBroker(Resp.bytes("+OK\r\n"));
        assertThat(tap.names(TO_CLIENT)).hasSize(1).containsAnyOf(name, "reply");
        assertThat(tap.last().field("value")).isEqualTo("OK");
    }

    @Provide
    Arbitrary<List<String>> words() {
        Arbitrary<String> special = Arbitraries.of(
                "client",
                "reply",
                "off",
                "hello",
                "auth",
                "subscribe",
                "punsubscribe",
                "eval",
                "0",
                "2",
                "xreadgroup",
                "streams",
                "json.set",
                "xgroup",
                "config",
                "set",
                "",
                "push.x",
                "monitor",
                "bitop");
        return Arbitraries.oneOf(special, Arbitraries.strings().ofMaxLength(10))
                .list()
                .ofMinSize(1)
                .ofMaxSize(50);
    }

    /** Bytes that look like RESP more often than any would. */
    @Provide
    Arbitrary<byte[]> noise() {
        Arbitrary<String> pieces = Arbitraries.of(
                "*",
                "$",
                "%",
                ">",
                "|",
                "+",
                "-",
                ":",
                "_",
                "#",
                "1",
                "2",
                "0",
                "-1",
                "\r\n",
                "\r",
                "\n",
                "ok",
                "GET",
                " ",
                "message",
                "subscribe",
                "\u0000",
                "é");
        return pieces.list().ofMaxSize(60).map(list -> Resp.bytes(String.join("", list)));
    }

    @Provide
    Arbitrary<List<Exchange>> exchanges() {
        Arbitrary<String> words = Arbitraries.strings().ofMaxLength(20);
        Arbitrary<Integer> lengths = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(20, Arbitraries.integers().between(0, 300)),
                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(60_000, 140_000)));
        Arbitrary<Exchange> exchanges = Combinators.combine(words, lengths, lengths, values(), pushes())
                .as((word, length, replyLength, value, pushes) -> {
                    boolean get = value.isEmpty();
                    byte[] command = get ? Resp.command("GET", word) : Resp.longCommand(length, "SET", word);
                    String reply = get ? Resp.bulk("y".repeat(replyLength)) : value;
                    return new Exchange(get ? "get" : "set", command, Resp.bytes(pushes), Resp.bytes(reply));
                });
        return exchanges.list().ofMaxSize(10);
    }

    private static Arbitrary<String> pushes() {
        return Arbitraries.of("", "", Resp.push(Resp.bulk("message"), Resp.bulk("a"), Resp.bulk("b")));
    }

    private static Arbitrary<String> values() {
        Arbitrary<String> plain = Arbitraries.of(
                "+OK\r\n",
                "-ERR x\r\n",
                ":12\r\n",
                "$-1\r\n",
                "_\r\n",
                "#f\r\n",
                ",1.5\r\n",
                "=7\r\ntxt:abc\r\n",
                "*0\r\n");
        Arbitrary<String> nested = Arbitraries.lazyOf(
                () -> plain,
                () -> plain,
                () -> values().filter(value -> !value.isEmpty())
                        .list()
                        .ofMaxSize(4)
                        .map(list -> Resp.array(list.toArray(String[]::new))),
                () -> plain.map(value -> "|1\r\n+a\r\n:1\r\n" + value),
                () -> plain.map(value -> "%1\r\n" + value + value));
        return Arbitraries.oneOf(nested, Arbitraries.just(""));
    }

    private static Tap tap() {
        return new Tap(new RespProtocol(), Detours.NONE);
    }

    private static byte[] joinReplies(List<Exchange> exchanges) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        exchanges.forEach(exchange -> {
            bytes.writeBytes(exchange.pushes);
            bytes.writeBytes(exchange.reply);
        });
        return bytes.toByteArray();
    }

    private static byte[] join(List<Exchange> exchanges, java.util.function.Function<Exchange, byte[]> part) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        exchanges.forEach(exchange -> bytes.writeBytes(part.apply(exchange)));
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
