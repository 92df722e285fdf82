package mqworkbook.workbench.wire.kafka;

import static mqworkbook.workbench.wire.kafka.KafkaFrames.produce;
import static mqworkbook.workbench.wire.kafka.KafkaFrames.produced;
import static mqworkbook.workbench.wire.kafka.KafkaFrames.records;
import static mqworkbook.workbench.wire.kafka.KafkaFrames.reply;
import static mqworkbook.workbench.wire.kafka.KafkaFrames.request;
import static mqworkbook.workbench.wire.kafka.KafkaFrames.topic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import mqworkbook.workbench.wire.Detours;
import mqworkbook.workbench.wire.WireMessage;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.SaslHandshakeRequestData;
import org.apache.kafka.common.message.SaslHandshakeResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Produce, and frames of all sorts; what holds for all inputs stands in {@link KafkaSplitterProperties}. */
class KafkaSplitterTest {

    private static final int VERSION = 12;
    private static final int BY_ID = 13;

    private final Dialogue dialogue = new Dialogue();

    @Nested
    class Producing {

        @Test
        void aBatchForOnePartitionIsToldByTheFieldsOfTheMessage() {
            byte[] frame = request(ApiKeys.PRODUCE, VERSION, 7, produce(-1, topic("uploads", records("a", "b"))));
            WireMessage message = dialogue.ask(frame);
            assertThat(message.name()).isEqualTo("Produce");
            assertThat(message.fields())
                    .containsOnly(
                            entry("client-id", KafkaFrames.CLIENT),
                            entry("correlation-id", 7),
                            entry("acks", -1),
                            entry("topic", "uploads"),
                            entry("partition", 0),
                            entry("record-count", 2L),
                            entry("record-bytes", (long) records("a", "b").sizeInBytes()),
                            entry("keys", List.of("a", "b")),
                            entry("producer-id", 77L),
                            entry("producer-epoch", 3),
                            entry("base-sequence", 12));
            assertThat(dialogue.toBroker().bytes()).isEqualTo(frame);
        }

        @Test
        void aReplyKnowsWhatItAnswers() {
            dialogue.ask(request(ApiKeys.PRODUCE, VERSION, 7, produce(-1, topic("uploads", records("a", "b")))));
            WireMessage reply = dialogue.answer(reply(ApiKeys.PRODUCE, VERSION, 7, produced("uploads", 0, 100, 0)));
            assertThat(reply.name()).isEqualTo("Produce");
            assertThat(reply.fields())
                    .containsEntry("topic", "uploads")
                    .containsEntry("partition", 0)
                    .containsEntry("base-offset", 100L)
                    .containsEntry("keys", List.of("a", "b"))
                    .containsEntry("base-sequence", 12)
                    .containsEntry("correlation-id", 7)
                    .doesNotContainKey("error");
        }

        @Test
        void anErrorHasItsNameAndNoOffset() {
            dialogue.ask(request(ApiKeys.PRODUCE, VERSION, 7, produce(-1, topic("uploads", records("a")))));
            assertThat(dialogue.answer(reply(ApiKeys.PRODUCE, VERSION, 7, produced("uploads", 0, -1, 6)))
                            .fields())
                    .containsEntry("error", "NOT_LEADER_OR_FOLLOWER")
                    .doesNotContainKey("base-offset");
        }

        @Test
        void severalPartitionsAreListedAndSummedUp() {
            WireMessage message = dialogue.ask(request(
                    ApiKeys.PRODUCE,
                    VERSION,
                    7,
                    produce(1, topic("uploads", records("a"), records("b", "c")), topic("audit", records("d")))));
            assertThat(message.fields())
                    .containsEntry("topics", List.of("uploads", "audit"))
                    .containsEntry("record-count", 4L)
                    .containsEntry("keys", List.of("a", "b", "c", "d"))
                    .doesNotContainKeys("topic", "partition");
            assertThat(KafkaPart.of(message))
                    .extracting(part -> part.topic() + "-" + part.partition() + part.field("keys"))
                    .containsExactly("uploads-0[a]", "uploads-1[b, c]", "audit-0[d]");
            assertThat(KafkaPart.concerns(message, "audit")).isTrue();
            assertThat(KafkaPart.concerns(message, "aud")).isFalse();
            assertThat(KafkaPart.of(message, "audit", 0)).isPresent();
            assertThat(KafkaPart.of(message, "audit", 1)).isEmpty();
        }

        @Test
        void compressedBatchesAreLookedInto() {
            for (Compression compression : List.of(
                    Compression.gzip().build(),
                    Compression.snappy().build(),
                    Compression.lz4().build(),
                    Compression.zstd().build())) {
                WireMessage message = dialogue.ask(request(
                        ApiKeys.PRODUCE, VERSION, 7, produce(-1, topic("uploads", records(compression, "a", "b")))));
                assertThat(message.fields())
                        .containsEntry("keys", List.of("a", "b"))
                        .containsEntry("compression", compression.type().name);
            }
        }

        @Test
        void keysAreTextOrElseHexadecimalAndRecordsMayHaveNone() {
            byte[] number = ByteBuffer.allocate(8).putLong(42).array();
            byte[] umlaut = "Schlüssel".getBytes(StandardCharsets.UTF_8);
            MemoryRecords records = MemoryRecords.withRecords(
                    Compression.NONE,
                    new SimpleRecord(1L, number, new byte[0]),
                    new SimpleRecord(1L, null, new byte[0]),
                    new SimpleRecord(1L, new byte[] {(byte) 0xFF, 1}, new byte[0]),
                    new SimpleRecord(1L, umlaut, new byte[0]),
                    new SimpleRecord(1L, new byte[10_000], new byte[0]));
            WireMessage message = dialogue.ask(request(ApiKeys.PRODUCE, VERSION, 7, produce(-1, topic("t", records))));
            assertThat(message.fields()).containsEntry("record-count", 5L).doesNotContainKey("producer-id");
            List<?> keys = (List<?>) message.fields().get("keys");
            assertThat(keys.subList(0, 3)).isEqualTo(List.of("0x000000000000002a", "0xff01", "Schlüssel"));
            assertThat(keys.get(3).toString())
                    .startsWith("0x0000")
                    .endsWith("...")
                    .hasSizeLessThan(300);
        }

        @Test
        void ofVeryManyKeysTheFirstThousandAreTold() {
            String[] keys = IntStream.range(0, 1_500).mapToObj(i -> "k" + i).toArray(String[]::new);
            WireMessage message =
                    dialogue.ask(request(ApiKeys.PRODUCE, VERSION, 7, produce(-1, topic("t", records(keys)))));
            assertThat(message.fields()).containsEntry("record-count", 1_500L);
            assertThat((List<?>) message.fields().get("keys")).hasSize(1_000);
        }

        @Test
        void withoutAcksNoReplyIsExpected() {
            dialogue.ask(request(ApiKeys.PRODUCE, VERSION, 7, produce(0, topic("uploads", records("a")))));
            assertThat(dialogue.answer(reply(ApiKeys.PRODUCE, VERSION, 7, produced("uploads", 0, 0, 0)))
                            .name())
                    .isEqualTo("raw");
        }

        @Test
        void aTopicThatIsToldByItsIdHasTheNameThatAnyConnectionHasSeen() {
            Uuid id = Uuid.randomUuid();
            KafkaProtocol protocol = new KafkaProtocol();
            Dialogue first = new Dialogue(protocol, Detours.NONE);
            first.ask(request(ApiKeys.METADATA, 12, 1, new MetadataRequestData()));
            first.answer(reply(ApiKeys.METADATA, 12, 1, KafkaFrames.metadata("h", 1, "uploads", id)));
            byte[] byId = request(
                    ApiKeys.PRODUCE,
                    BY_ID,
                    7,
                    produce(-1, topic("", records("a")).setTopicId(id)));
            assertThat(new Dialogue(protocol, Detours.NONE).ask(byId).field("topic"))
                    .isEqualTo("uploads");
            assertThat(dialogue.ask(byId).field("topic")).isEqualTo(id.toString());
        }
    }

    @Nested
    class Pipelining {

        @Test
        void repliesAreReadByTheirOwnRequests() {
            dialogue.ask(request(ApiKeys.PRODUCE, VERSION, 1, produce(-1, topic("uploads", records("a")))));
            dialogue.ask(request(ApiKeys.HEARTBEAT, 4, 2, new HeartbeatRequestData().setGroupId("g")));
            dialogue.ask(request(ApiKeys.PRODUCE, 9, 3, produce(-1, topic("audit", records("b")))));
            dialogue.answer(reply(ApiKeys.PRODUCE, VERSION, 1, produced("uploads", 0, 5, 0)));
            dialogue.answer(reply(ApiKeys.HEARTBEAT, 4, 2, new HeartbeatResponseData().setErrorCode((short) 27)));
            dialogue.answer(reply(ApiKeys.PRODUCE, 9, 3, produced("audit", 0, 6, 0)));
            assertThat(dialogue.toClient().messages())
                    .extracting(m -> m.name() + m.field("topic") + m.field("group-id") + m.field("error"))
                    .containsExactly("Produceuploads", "HeartbeatgREBALANCE_IN_PROGRESS", "Produceaudit");
        }

        @Test
        void aReplyThatNobodyAskedForPassesRaw() {
            byte[] reply = reply(ApiKeys.HEARTBEAT, 4, 2, new HeartbeatResponseData());
            assertThat(dialogue.answer(reply).fields()).isEqualTo(Map.of("size", reply.length - 4L));
            assertThat(dialogue.toClient().bytes()).isEqualTo(reply);
        }

        @Test
        void aReplyThatIsNotOfItsRequestPassesRaw() {
            dialogue.ask(request(ApiKeys.HEARTBEAT, 4, 2, new HeartbeatRequestData().setGroupId("g")));
            byte[] broken = KafkaFrames.framed(new byte[] {0, 0, 0, 2, 0});
            assertThat(dialogue.answer(broken).name()).isEqualTo("raw");
            assertThat(dialogue.toClient().bytes()).isEqualTo(broken);
        }
    }

    @Nested
    class Oddities {

        private final byte[] heartbeat = request(ApiKeys.HEARTBEAT, 4, 1, new HeartbeatRequestData().setGroupId("g"));

        @Test
        void anUnknownApiPassesRawAndTheNextIsDecoded() {
            byte[] unknown = KafkaFrames.framed(new byte[] {0x03, (byte) 0xE7, 0, 0, 0, 0, 0, 1, 0, 0});
            dialogue.toBroker().feed(unknown).feed(heartbeat);
            assertThat(dialogue.toBroker().names()).containsExactly("raw", "Heartbeat");
            assertThat(dialogue.toBroker().messages().get(0).fields()).isEqualTo(Map.of("size", 10L));
        }

        @Test
        void aVersionOfTheFuturePassesRaw() {
            byte[] future = heartbeat.clone();
            future[7] = 99;
            dialogue.toBroker().feed(future).feed(heartbeat);
            assertThat(dialogue.toBroker().names()).containsExactly("raw", "Heartbeat");
        }

        @Test
        void aKnownRequestWithABrokenBodyPassesRaw() {
            byte[] whole = request(ApiKeys.PRODUCE, VERSION, 7, produce(-1, topic("uploads", records("a", "b"))));
            byte[] broken = KafkaFrames.framed(Arrays.copyOfRange(whole, 4, whole.length - 20));
            dialogue.toBroker().feed(broken).feed(heartbeat);
            assertThat(dialogue.toBroker().names()).containsExactly("raw", "Heartbeat");
            assertThat(dialogue.toBroker().bytes()).isEqualTo(KafkaFrames.join(broken, heartbeat));
        }

        @Test
        void tokensOfALoginPassUnread() {
            dialogue.ask(request(ApiKeys.SASL_HANDSHAKE, 0, 1, new SaslHandshakeRequestData().setMechanism("PLAIN")));
            dialogue.answer(reply(ApiKeys.SASL_HANDSHAKE, 0, 1, new SaslHandshakeResponseData()));
            byte[] token = KafkaFrames.framed("\0user\0secret".getBytes(StandardCharsets.UTF_8));
            WireMessage message = dialogue.ask(token);
            assertThat(message.name()).isEqualTo("raw");
            assertThat(dialogue.toBroker().messages().toString()).doesNotContain("secret");
            assertThat(dialogue.answer(KafkaFrames.framed(new byte[0])).name()).isEqualTo("raw");
            assertThat(dialogue.ask(heartbeat).name()).isEqualTo("Heartbeat");
        }

        @Test
        void whatIsNotReadHasItsNameAndItsClient() {
            assertThat(dialogue.ask(request(ApiKeys.API_VERSIONS, 3, 5, new ApiVersionsRequestData())))
                    .extracting(WireMessage::name, WireMessage::fields)
                    .containsExactly("ApiVersions", Map.of("client-id", KafkaFrames.CLIENT, "correlation-id", 5));
        }

        @Test
        void anotherProtocolPassesWithItsFirstByte() {
            dialogue.toBroker().feed(new byte[] {'G'});
            assertThat(dialogue.toBroker().bytes()).isEqualTo(new byte[] {'G'});
            dialogue.toBroker().feed("ET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII));
            assertThat(dialogue.toBroker().names()).containsExactly("raw", "raw");
        }

        @Test
        void anEncryptedStreamPassesAsItComes() {
            byte[] hello = {0x16, 3, 1, 2, 0, 1, 0};
            dialogue.toBroker().feed(hello);
            assertThat(dialogue.toBroker().bytes()).isEqualTo(hello);
        }

        @Test
        void aFrameTooLongToGatherPassesAsItComesAndTheNextIsDecoded() {
            int size = 65 << 20;
            byte[] head = ByteBuffer.allocate(4).putInt(size).array();
            byte[] chunk = new byte[1 << 20];
            dialogue.toBroker().feed(head);
            for (int i = 0; i < 65; i++) {
                assertThat(dialogue.toBroker().messages()).isEmpty();
                dialogue.toBroker().feed(chunk);
            }
            assertThat(dialogue.toBroker().bytes()).hasSize(4 + size);
            assertThat(dialogue.ask(heartbeat).name()).isEqualTo("Heartbeat");
            assertThat(dialogue.toBroker().messages().get(0).fields()).isEqualTo(Map.of("size", (long) size));
        }

        @Test
        void aLengthThatNeverComesTakesNoMemory() {
            dialogue.toBroker().feed(new byte[] {3, 0, 0, 0, 1, 2, 3});
            dialogue.toBroker().end();
            assertThat(dialogue.toBroker().bytes()).isEqualTo(new byte[] {3, 0, 0, 0, 1, 2, 3});
        }

        @Test
        void emptyAndTinyFramesPassRaw() {
            byte[] tiny = {0, 0, 0, 0, 0, 0, 0, 1, 9, 0, 0, 0, 0};
            dialogue.toBroker().feed(tiny);
            dialogue.toClient().feed(tiny);
            assertThat(dialogue.toBroker().names()).containsExactly("raw", "raw", "raw");
            assertThat(dialogue.toClient().names()).containsExactly("raw", "raw", "raw");
        }

        @Test
        void anIncompleteFrameGoesOnWhenTheStreamEnds() {
            dialogue.toBroker().feed(heartbeat, 0, 9);
            assertThat(dialogue.toBroker().bytes()).isEmpty();
            dialogue.toBroker().end();
            assertThat(dialogue.toBroker().bytes()).isEqualTo(Arrays.copyOf(heartbeat, 9));
        }
    }
}
