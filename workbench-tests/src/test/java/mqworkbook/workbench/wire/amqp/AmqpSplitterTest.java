package mqworkbook.workbench.wire.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.LongStringHelper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import mqworkbook.workbench.wire.WireMessage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Single cases of the AMQP splitter; what holds for all inputs stands in {@link AmqpSplitterProperties}. */
class AmqpSplitterTest {

    private static final byte[] BODY = "hello".getBytes(StandardCharsets.UTF_8);

    private final Recording recording = new Recording();

    @Nested
    class Decoding {

        @Test
        void aPublishIsOneMessageWithItsArgumentsAndProperties() {
            WireMessage publish = only(Frames.publish(7, "m-1"));
            assertThat(publish.name()).isEqualTo("basic.publish");
            assertThat(publish.channel()).isEqualTo(7);
            assertThat(publish.fields().get("body")).hasToString("hello");
            assertThat(publish.fields())
                    .containsExactlyInAnyOrderEntriesOf(Map.of(
                            "body",
                            publish.fields().get("body"),
                            "exchange",
                            "orders",
                            "routing-key",
                            "order.placed",
                            "mandatory",
                            true,
                            "immediate",
                            false,
                            "message-id",
                            "m-1",
                            "delivery-mode",
                            2,
                            "body-size",
                            5L));
        }

        @Test
        void aDeliveryCarriesTagAndRedelivered() {
            AMQP.Basic.Deliver deliver = new AMQP.Basic.Deliver.Builder()
                    .consumerTag("c")
                    .deliveryTag(12)
                    .redelivered(true)
                    .exchange("orders")
                    .routingKey("order.placed")
                    .build();
            AMQP.BasicProperties properties = new AMQP.BasicProperties.Builder()
                    .headers(Map.of("x-cause", LongStringHelper.asLongString("timeout"), "x-count", 3))
                    .build();
            WireMessage message = only(Frames.join(Frames.content(1, deliver, properties, BODY, 100)));
            assertThat(message.name()).isEqualTo("basic.deliver");
            assertThat(message.fields())
                    .containsEntry("delivery-tag", 12L)
                    .containsEntry("redelivered", true)
                    .containsEntry("headers", Map.of("x-cause", "timeout", "x-count", 3));
        }

        @Test
        void acksNacksAndReturnsCarryWhatAReaderNeeds() {
            AMQP.Basic.Nack nack = new AMQP.Basic.Nack.Builder()
                    .deliveryTag(4)
                    .multiple(true)
                    .requeue(true)
                    .build();
            AMQP.Basic.Return returned = new AMQP.Basic.Return.Builder()
                    .replyCode(312)
                    .replyText("NO_ROUTE")
                    .exchange("orders")
                    .routingKey("nowhere")
                    .build();
            recording
                    .feed(Frames.ack(1, 3))
                    .feed(Frames.method(1, nack))
                    .feed(Frames.join(Frames.content(1, returned, new AMQP.BasicProperties(), BODY, 100)));
            assertThat(recording.names()).containsExactly("basic.ack", "basic.nack", "basic.return");
            assertThat(recording.messages().get(0).fields()).isEqualTo(Map.of("delivery-tag", 3L, "multiple", false));
            assertThat(recording.messages().get(1).fields())
                    .isEqualTo(Map.of("delivery-tag", 4L, "multiple", true, "requeue", true));
            assertThat(recording.messages().get(2).fields())
                    .containsEntry("reply-code", 312)
                    .containsEntry("reply-text", "NO_ROUTE");
        }

        @Test
        void credentialsAreLeftOut() {
            AMQP.Connection.StartOk startOk = new AMQP.Connection.StartOk.Builder()
                    .clientProperties(Map.of("product", "RabbitMQ"))
                    .response("\0guest\0secret")
                    .build();
            WireMessage message = only(Frames.method(0, startOk));
            assertThat(message.name()).isEqualTo("connection.start-ok");
            assertThat(message.toString()).contains("RabbitMQ").doesNotContain("secret");
        }

        @Test
        void protocolHeaderAndHeartbeatHaveNames() {
            recording.feed(Frames.protocolHeader()).feed(Frames.heartbeat());
            assertThat(recording.names()).containsExactly("protocol.header", "heartbeat");
            assertThat(recording.messages().get(0).field("version")).isEqualTo("0-9-1");
        }
    }

    @Nested
    class Content {

        @Test
        void anEmptyBodyIsCompleteWithItsHeader() {
            List<byte[]> frames = Frames.publish(1, "m-1", new byte[0], 100);
            assertThat(frames).hasSize(2);
            assertThat(only(Frames.join(frames)).field("body-size")).isEqualTo("0");
        }

        @Test
        void nothingOfAPublishGoesOnBeforeItsHeaderIsKnown() {
            List<byte[]> frames = Frames.publish(1, "m-1", BODY, 100);
            recording.feed(frames.get(0));
            assertThat(recording.bytes()).isEmpty();
            recording.feed(frames.get(1));
            assertThat(recording.bytes()).isEqualTo(Frames.join(frames.subList(0, 2)));
        }

        @Test
        void aHugeBodyGoesOnAsItComesAndIsOneMessage() {
            byte[] body = new byte[10_000_000];
            List<byte[]> frames = Frames.publish(1, "m-1", body, 131_064);
            for (byte[] frame : frames.subList(0, frames.size() - 1)) {
                recording.feed(frame);
                assertThat(recording.messages()).isEmpty();
            }
            assertThat(recording.bytes().length).isGreaterThan(9_900_000);
            recording.feed(frames.get(frames.size() - 1));
            assertThat(recording.names()).containsExactly("basic.publish");
        }

        @Test
        void messagesOfTwoChannelsMayAlternateFrameByFrame() {
            List<byte[]> one = Frames.publish(1, "one", BODY, 2);
            List<byte[]> two = Frames.publish(2, "two", BODY, 2);
            List<byte[]> mixed = new java.util.ArrayList<>();
            for (int i = 0; i < one.size(); i++) {
                mixed.add(one.get(i));
                mixed.add(two.get(i));
            }
            recording.feed(Frames.join(mixed));
            assertThat(recording.messages())
                    .extracting(message -> message.field("message-id"))
                    .containsExactly("one", "two");
            assertThat(recording.bytes()).isEqualTo(Frames.join(mixed));
        }

        @Test
        void anotherMethodEndsAContentThatIsNotWhole() {
            List<byte[]> frames = Frames.publish(1, "m-1", BODY, 2);
            recording.feed(Frames.join(frames.subList(0, 3))).feed(Frames.ack(1, 9));
            assertThat(recording.names()).containsExactly("basic.publish", "basic.ack");
        }

        @Test
        void aHeaderThatDoesNotComeIsNotAwaitedForever() {
            byte[] withoutHeader = Frames.publish(1, "m-1", BODY, 100).get(0);
            recording.feed(withoutHeader);
            byte[] other = Frames.join(Frames.publish(2, "m-2", new byte[200_000], 100_000));
            int fed = withoutHeader.length;
            for (int i = 0; i < 10; i++) {
                recording.feed(other);
                fed += other.length;
            }
            assertThat(recording.bytes().length).isEqualTo(fed);
        }
    }

    @Nested
    class Oddities {

        @Test
        void anUnknownMethodPassesRawAndTheNextIsDecoded() {
            byte[] unknown = Frames.frame(AMQP.FRAME_METHOD, 3, new byte[] {0, 99, 0, 99, 1, 2, 3});
            recording.feed(unknown).feed(Frames.ack(1, 1));
            assertThat(recording.names()).containsExactly("raw", "basic.ack");
            assertThat(recording.messages().get(0).fields())
                    .containsEntry("frame", "method")
                    .containsEntry("size", 7L);
        }

        @Test
        void aKnownMethodWithBrokenArgumentsPassesRaw() {
            byte[] broken = Frames.frame(AMQP.FRAME_METHOD, 3, new byte[] {0, 60, 0, 40, 0, 0, (byte) 200, 'x'});
            recording.feed(broken).feed(Frames.ack(1, 1));
            assertThat(recording.names()).containsExactly("raw", "basic.ack");
            assertThat(recording.bytes()).isEqualTo(Frames.join(broken, Frames.ack(1, 1)));
        }

        @Test
        void brokenPropertiesLeaveTheMethodItsName() {
            byte[] method = Frames.publish(1, "m-1", BODY, 100).get(0);
            byte[] header = Frames.frame(AMQP.FRAME_HEADER, 1, new byte[] {0, 60, 0, 0});
            recording.feed(Frames.join(method, header, Frames.ack(1, 1)));
            assertThat(recording.names()).containsExactly("basic.publish", "basic.ack");
        }

        @Test
        void headerAndBodyWithoutAMethodPassRaw() {
            List<byte[]> frames = Frames.publish(1, "m-1", BODY, 100);
            recording.feed(frames.get(1)).feed(frames.get(2)).feed(Frames.ack(1, 1));
            assertThat(recording.names()).containsExactly("raw", "raw", "basic.ack");
        }

        @Test
        void anotherProtocolPassesWithItsFirstByte() {
            recording.feed(new byte[] {'G'});
            assertThat(recording.bytes()).isEqualTo(new byte[] {'G'});
            recording.feed("ET / HTTP/1.1".getBytes(StandardCharsets.US_ASCII));
            assertThat(recording.names()).containsExactly("raw", "raw");
        }

        @Test
        void afterAWrongFrameEndEverythingPassesRaw() {
            byte[] wrong = Frames.ack(1, 1);
            wrong[wrong.length - 1] = 0;
            recording.feed(Frames.join(Frames.ack(1, 1), wrong, Frames.ack(1, 2)));
            assertThat(recording.names()).containsExactly("basic.ack", "raw", "raw");
        }

        @Test
        void anAbsurdLengthIsNoFrame() {
            byte[] absurd = {1, 0, 0, 0x7F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 1, 2, 3};
            recording.feed(absurd);
            assertThat(recording.bytes()).isEqualTo(absurd);
        }

        @Test
        void anIncompleteFrameGoesOnWhenTheStreamEnds() {
            byte[] ack = Frames.ack(1, 1);
            recording.feed(ack, 0, 9);
            assertThat(recording.bytes()).isEmpty();
            recording.end();
            assertThat(recording.bytes()).isEqualTo(java.util.Arrays.copyOf(ack, 9));
        }
    }

    private WireMessage only(byte[] bytes) {
        recording.feed(bytes);
        assertThat(recording.bytes()).isEqualTo(bytes);
        assertThat(recording.messages()).hasSize(1);
        return recording.messages().get(0);
    }
}
