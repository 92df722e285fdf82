package mqworkbook.workbench.wire.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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

/** What holds for any bytes, cut in any way. */
class AmqpSplitterProperties {

    /** One message of a generated stream: its frames, which stay in order, and the name it must be told by. */
    record Sent(int channel, String name, List<byte[]> frames) {

        @Override
        public String toString() {
            return name + "@" + channel + "x" + frames.size();
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void anyChunkingYieldsTheSameMessagesAndTheSameBytes(
            @ForAll("streams") List<Sent> messages,
            @ForAll @Size(max = 200) List<@IntRange(max = 30) Integer> picks,
            @ForAll @Size(max = 60) List<@IntRange(max = 1_000_000) Integer> cuts) {
        Interleaved stream = interleave(messages, picks);
        Statistics.label("interleaved").collect(stream.alternates);
        List<String> expected = new ArrayList<>(stream.names);

        Recording whole = new Recording().feed(stream.bytes);
        Recording chunked = feedInChunks(stream.bytes, cuts);

        assertThat(whole.names()).isEqualTo(expected);
        assertThat(chunked.messages()).isEqualTo(whole.messages());
        assertThat(chunked.bytes()).isEqualTo(stream.bytes);
        assertThat(whole.bytes()).isEqualTo(stream.bytes);
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void byteByByteYieldsTheSameMessages(@ForAll("streams") List<Sent> messages) {
        byte[] bytes = interleave(messages, List.of()).bytes;
        Recording single = new Recording();
        for (int i = 0; i < bytes.length; i++) {
            single.feed(bytes, i, i + 1);
        }
        assertThat(single.messages()).isEqualTo(new Recording().feed(bytes).messages());
        assertThat(single.bytes()).isEqualTo(bytes);
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void garbageAnywhereLosesNoByte(
            @ForAll("streams") List<Sent> messages,
            @ForAll @Size(max = 20) List<@IntRange(max = 1_000_000) Integer> damaged,
            @ForAll byte[] garbage,
            @ForAll @Size(max = 60) List<@IntRange(max = 1_000_000) Integer> cuts) {
        byte[] bytes = Frames.join(interleave(messages, List.of()).bytes, garbage);
        damaged.stream().filter(at -> bytes.length > 0).forEach(at -> bytes[at % bytes.length] = (byte) (at >> 3));
        Recording recording = feedInChunks(bytes, cuts).end();
        Statistics.label("raw").collect(recording.names().contains("raw"));
        assertThat(recording.bytes()).isEqualTo(bytes);
    }

    @Provide
    Arbitrary<List<Sent>> streams() {
        Arbitrary<Integer> channels = Arbitraries.integers().between(1, 3);
        Arbitrary<byte[]> bodies = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        Arbitrary<Integer> frameMax = Arbitraries.integers().between(1, 400);
        Arbitrary<String> ids = Arbitraries.strings().ofMaxLength(20).filter(id -> id.getBytes().length < 200);
        Arbitrary<Sent> publishes = Combinators.combine(channels, ids, bodies, frameMax)
                .as((channel, id, body, max) ->
                        new Sent(channel, "basic.publish", Frames.publish(channel, id, body, max)));
        Arbitrary<Sent> acks = Combinators.combine(channels, Arbitraries.longs().greaterOrEqual(0))
                .as((channel, tag) -> new Sent(channel, "basic.ack", List.of(Frames.ack(channel, tag))));
        Arbitrary<Sent> declares = Combinators.combine(channels, ids)
                .as((channel, id) -> new Sent(channel, "queue.declare", List.of(declare(channel, id))));
        Arbitrary<Sent> unknown = Combinators.combine(channels, bodies).as((channel, payload) -> {
            byte[] odd = Frames.join(new byte[] {0, 123, 0, 45}, payload);
            return new Sent(channel, "raw", List.of(Frames.frame(AMQP.FRAME_METHOD, channel, odd)));
        });
        Arbitrary<Sent> heartbeats = Arbitraries.just(new Sent(0, "heartbeat", List.of(Frames.heartbeat())));
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(5, publishes),
                        net.jqwik.api.Tuple.of(3, acks),
                        net.jqwik.api.Tuple.of(1, declares),
                        net.jqwik.api.Tuple.of(1, unknown),
                        net.jqwik.api.Tuple.of(1, heartbeats))
                .list()
                .ofMaxSize(12);
    }

    private static byte[] declare(int channel, String argument) {
        return Frames.method(
                channel,
                new AMQP.Queue.Declare.Builder()
                        .queue("q")
                        .durable(true)
                        .arguments(Map.of("x-note", argument))
                        .build());
    }

    /** Frames of different channels alternate as the picks say; names in the order in which messages are complete. */
    private static Interleaved interleave(List<Sent> messages, List<Integer> picks) {
        List<Deque<Sent>> channels = new ArrayList<>();
        for (int channel = 0; channel <= 3; channel++) {
            int wanted = channel;
            channels.add(new ArrayDeque<>(
                    messages.stream().filter(sent -> sent.channel == wanted).toList()));
        }
        int[] nextFrame = new int[4];
        List<byte[]> frames = new ArrayList<>();
        List<String> names = new ArrayList<>();
        boolean alternates = false;
        for (int step = 0; channels.stream().anyMatch(queue -> !queue.isEmpty()); step++) {
            int channel = step < picks.size() ? picks.get(step) % 4 : firstBusy(channels);
            if (channels.get(channel).isEmpty()) {
                channel = firstBusy(channels);
            }
            Sent sent = channels.get(channel).peek();
            for (int other = 0; other < 4; other++) {
                alternates |= other != channel && nextFrame[other] > 0;
            }
            frames.add(sent.frames.get(nextFrame[channel]++));
            if (nextFrame[channel] == sent.frames.size()) {
                channels.get(channel).remove();
                nextFrame[channel] = 0;
                names.add(sent.name);
            }
        }
        return new Interleaved(Frames.join(frames), names, alternates);
    }

    private static int firstBusy(List<Deque<Sent>> channels) {
        int channel = 0;
        while (channels.get(channel).isEmpty()) {
            channel++;
        }
        return channel;
    }

    private static Recording feedInChunks(byte[] bytes, List<Integer> cuts) {
        Recording recording = new Recording();
        int from = 0;
        for (int cut : new TreeSet<>(cuts.stream()
                .map(at -> bytes.length == 0 ? 0 : at % bytes.length)
                .toList())) {
            recording.feed(bytes, from, cut);
            from = cut;
        }
        return recording.feed(bytes, from, bytes.length);
    }

    private record Interleaved(byte[] bytes, List<String> names, boolean alternates) {}
}
