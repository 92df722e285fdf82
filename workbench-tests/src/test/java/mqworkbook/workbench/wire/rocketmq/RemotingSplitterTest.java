package mqworkbook.workbench.wire.rocketmq;

import static mqworkbook.workbench.wire.Direction.TO_BROKER;
import static mqworkbook.workbench.wire.Direction.TO_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mqworkbook.workbench.wire.Detours;
import mqworkbook.workbench.wire.Tap;
import mqworkbook.workbench.wire.WireMessage;
import org.apache.rocketmq.common.message.MessageDecoder;
import org.apache.rocketmq.common.message.MessageExt;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.SerializeType;
import org.apache.rocketmq.remoting.protocol.body.ClusterInfo;
import org.apache.rocketmq.remoting.protocol.header.ConsumerSendMsgBackRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.EndTransactionRequestHeader;
import org.apache.rocketmq.remoting.protocol.header.UpdateConsumerOffsetRequestHeader;
import org.apache.rocketmq.remoting.protocol.route.BrokerData;
import org.apache.rocketmq.remoting.protocol.route.TopicRouteData;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single cases of the RocketMQ splitter; what holds for all inputs stands in {@link RemotingSplitterProperties}. */
class RemotingSplitterTest {

    private static final byte[] BODY = "hello".getBytes(StandardCharsets.UTF_8);
    private static final Detours DETOURS =
            advertised -> new InetSocketAddress("127.0.0.1", advertised.getPort() + 40_000);

    private final Tap tap = new Tap(new RocketMqProtocol(), DETOURS);

    @Nested
    class Decoding {

        @ParameterizedTest
        @EnumSource(SerializeType.class)
        void aSentMessageHasReadableFieldsAndItsProperties(SerializeType type) {
            byte[] frame = Frames.bytes(Frames.send(7, "order-42", BODY, type));
            WireMessage send = tap.fromClient(frame).last();
            assertThat(send.name()).isEqualTo("SEND_MESSAGE_V2");
            assertThat(send.fields())
                    .containsEntry("topic", "orders")
                    .containsEntry("queueId", "2")
                    .containsEntry("producerGroup", "shop")
                    .containsEntry("batch", false)
                    .containsEntry("KEYS", "order-42")
                    .containsEntry("UNIQ_KEY", "u-order-42")
                    .containsEntry("TRAN_MSG", "true")
                    .containsEntry("opaque", 7)
                    .containsEntry("oneway", false)
                    .containsEntry("body-size", 5L)
                    .doesNotContainKeys("a", "i", "properties");
            assertThat(tap.toBroker()).isEqualTo(frame);
        }

        @Test
        void aReplyIsNamedAfterItsRequestAndTellsItsCode() {
            tap.fromClient(Frames.bytes(Frames.send(7, "order-42", BODY, SerializeType.JSON)));
            RemotingCommand reply = Frames.reply(ResponseCode.FLUSH_DISK_TIMEOUT, 7, Map.of("queueOffset", "3"));
            reply.setRemark("disk too slow");
            tap.fromBroker(Frames.bytes(reply));
            assertThat(tap.last().name()).isEqualTo("SEND_MESSAGE_V2");
            assertThat(tap.last().direction()).isEqualTo(TO_CLIENT);
            assertThat(tap.last().fields())
                    .containsEntry("code", "FLUSH_DISK_TIMEOUT")
                    .containsEntry("remark", "disk too slow")
                    .containsEntry("queueOffset", "3");
        }

        @Test
        void repliesFindTheirRequestsInAnyOrder() {
            tap.fromClient(
                    Frames.bytes(Frames.request(RequestCode.PULL_MESSAGE, 1, Map.of())),
                    Frames.bytes(Frames.request(RequestCode.HEART_BEAT, 2, Map.of())),
                    Frames.bytes(Frames.request(RequestCode.LOCK_BATCH_MQ, 3, Map.of())));
            tap.fromBroker(
                    Frames.bytes(Frames.reply(ResponseCode.SUCCESS, 3, Map.of())),
                    Frames.bytes(Frames.reply(ResponseCode.SUCCESS, 2, Map.of())),
                    Frames.bytes(Frames.reply(ResponseCode.PULL_NOT_FOUND, 1, Map.of())));
            assertThat(tap.names(TO_BROKER)).containsExactly("PULL_MESSAGE", "HEART_BEAT", "LOCK_BATCH_MQ");
            assertThat(tap.names(TO_CLIENT)).containsExactly("LOCK_BATCH_MQ", "HEART_BEAT", "PULL_MESSAGE");
        }

        @Test
        void theEndOfATransactionIsReadable() {
            for (int ending : List.of(
                    MessageSysFlag.TRANSACTION_COMMIT_TYPE,
                    MessageSysFlag.TRANSACTION_ROLLBACK_TYPE,
                    MessageSysFlag.TRANSACTION_NOT_TYPE)) {
                EndTransactionRequestHeader header = new EndTransactionRequestHeader();
                header.setCommitOrRollback(ending);
                header.setFromTransactionCheck(true);
                header.setTransactionId("tx-1");
                RemotingCommand end = Frames.request(RequestCode.END_TRANSACTION, 1, header);
                end.markOnewayRPC();
                tap.fromClient(Frames.bytes(end));
            }
            assertThat(tap.messages())
                    .allMatch(message -> message.is("END_TRANSACTION"))
                    .allMatch(message -> message.fields().get("oneway").equals(true))
                    .allMatch(message ->
                            message.fields().get("fromTransactionCheck").equals(true))
                    .extracting(message -> message.field("commitOrRollback"))
                    .containsExactly("COMMIT", "ROLLBACK", "UNKNOWN");
        }

        @Test
        void offsetsAndMessagesSentBackAreReadable() {
            UpdateConsumerOffsetRequestHeader offset = new UpdateConsumerOffsetRequestHeader();
            offset.setConsumerGroup("stock");
            offset.setTopic("orders");
            offset.setQueueId(1);
            offset.setCommitOffset(17L);
            tap.fromClient(Frames.bytes(Frames.request(RequestCode.UPDATE_CONSUMER_OFFSET, 1, offset)));
            assertThat(tap.last().fields()).containsEntry("commitOffset", "17").containsEntry("queueId", "1");

            ConsumerSendMsgBackRequestHeader back = new ConsumerSendMsgBackRequestHeader();
            back.setGroup("stock");
            back.setDelayLevel(3);
            back.setOffset(77L);
            tap.fromClient(Frames.bytes(Frames.request(RequestCode.CONSUMER_SEND_MSG_BACK, 2, back)));
            assertThat(tap.last().name()).isEqualTo("CONSUMER_SEND_MSG_BACK");
            assertThat(tap.last().field("delayLevel")).isEqualTo("3");
        }

        @Test
        void theBrokerAsksOnTheSameConnectionWithNumbersOfItsOwn() {
            tap.fromClient(Frames.bytes(Frames.request(RequestCode.HEART_BEAT, 1, Map.of())));
            tap.fromBroker(Frames.bytes(Frames.request(RequestCode.GET_CONSUMER_RUNNING_INFO, 1, Map.of())));
            tap.fromBroker(Frames.bytes(Frames.reply(ResponseCode.SUCCESS, 1, Map.of())));
            tap.fromClient(Frames.bytes(Frames.reply(ResponseCode.SUCCESS, 1, Map.of())));
            assertThat(tap.names(TO_CLIENT)).containsExactly("GET_CONSUMER_RUNNING_INFO", "HEART_BEAT");
            assertThat(tap.names(TO_BROKER)).containsExactly("HEART_BEAT", "GET_CONSUMER_RUNNING_INFO");
        }

        @Test
        void aCheckBackShowsWhichMessageItIsAbout() {
            RemotingCommand check =
                    Frames.request(RequestCode.CHECK_TRANSACTION_STATE, 1, Map.of("transactionId", "tx-1"));
            check.setBody(Frames.stored("order-42"));
            tap.fromBroker(Frames.bytes(check));
            assertThat(tap.last().name()).isEqualTo("CHECK_TRANSACTION_STATE");
            assertThat(tap.last().fields())
                    .containsEntry("transactionId", "tx-1")
                    .containsEntry("KEYS", "order-42")
                    .containsEntry("messages", List.of("order-42"));
        }

        @Test
        void codesWithoutNameAndRepliesWithoutRequestAreSeen() {
            tap.fromClient(Frames.bytes(Frames.request(31_999, 1, Map.of("x", "y"))));
            assertThat(tap.last().name()).isEqualTo("REQUEST_31999");
            tap.fromBroker(Frames.bytes(Frames.reply(ResponseCode.SUCCESS, 99, Map.of())));
            assertThat(tap.last().name()).isEqualTo("reply");
        }

        @Test
        void credentialsAreLeftOut() {
            tap.fromClient(Frames.bytes(Frames.request(
                    RequestCode.HEART_BEAT,
                    1,
                    Map.of("AccessKey", "secret", "Signature", "secret", "SecurityToken", "secret"))));
            assertThat(tap.messages().toString()).doesNotContain("secret");
        }
    }

    @Nested
    class Addresses {

        @Test
        void aRouteLeadsToTheRelay() {
            TopicRouteData route = new TopicRouteData();
            route.setBrokerDatas(List.of(
                    new BrokerData("c0", "b0", new HashMap<>(Map.of(0L, "10.0.0.7:10911", 1L, "10.0.0.8:10921")))));
            route.setQueueDatas(List.of());
            byte[] body = ask(RequestCode.GET_ROUTEINFO_BY_TOPIC, route.encode());
            TopicRouteData seen = TopicRouteData.decode(body, TopicRouteData.class);
            assertThat(seen.getBrokerDatas().get(0).getBrokerAddrs())
                    .isEqualTo(Map.of(0L, "127.0.0.1:50911", 1L, "127.0.0.1:50921"));
            assertThat(tap.last().fields()).containsEntry("body-size", (long) body.length);
        }

        @Test
        void whatIsNoAddressOfABrokerStays() {
            String before = "{\"brokerDatas\":[{\"brokerAddrs\":{0:\"10.0.0.7:10911\",\"1\" : \"odd\"},\"brokerName\":"
                    + "\"10.0.0.7:10911\",\"x\":{\"a\\\"b\":\"ü\"}}],\"filterServerTable\":{\"10.0.0.7:10911\":[\"10.0.0.7:1\"]},"
                    + "\"orderTopicConf\":\"10.0.0.7:10911\"}";
            String after = "{\"brokerDatas\":[{\"brokerAddrs\":{0:\"127.0.0.1:50911\",\"1\" : \"odd\"},\"brokerName\":"
                    + "\"10.0.0.7:10911\",\"x\":{\"a\\\"b\":\"ü\"}}],\"filterServerTable\":{\"127.0.0.1:50911\":[\"127.0.0.1:40001\"]},"
                    + "\"orderTopicConf\":\"10.0.0.7:10911\"}";
            byte[] body = ask(RequestCode.GET_ROUTEINFO_BY_TOPIC, before.getBytes(StandardCharsets.UTF_8));
            assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo(after);
        }

        @Test
        void clusterAndMemberListsLeadToTheRelay() {
            ClusterInfo cluster = new ClusterInfo();
            cluster.setBrokerAddrTable(new HashMap<>(
                    Map.of("b0", new BrokerData("c0", "b0", new HashMap<>(Map.of(0L, "10.0.0.7:10911"))))));
            cluster.setClusterAddrTable(new HashMap<>(Map.of("c0", new java.util.HashSet<>(List.of("b0")))));
            ClusterInfo seen =
                    ClusterInfo.decode(ask(RequestCode.GET_BROKER_CLUSTER_INFO, cluster.encode()), ClusterInfo.class);
            assertThat(seen.getBrokerAddrTable().get("b0").getBrokerAddrs()).isEqualTo(Map.of(0L, "127.0.0.1:50911"));

            byte[] group =
                    "{\"brokerAddrs\":{0:\"10.0.0.7:10911\"},\"brokerName\":\"b0\"}".getBytes(StandardCharsets.UTF_8);
            assertThat(new String(ask(RequestCode.GET_BROKER_MEMBER_GROUP, group), StandardCharsets.UTF_8))
                    .isEqualTo("{\"brokerAddrs\":{0:\"127.0.0.1:50911\"},\"brokerName\":\"b0\"}");
        }

        @Test
        void pulledMessagesAreStoredBehindTheRelayAndOtherwiseTheSame() {
            byte[] stored = Frames.stored("order-1", "order-2");
            byte[] body = ask(RequestCode.PULL_MESSAGE, stored);
            assertThat(tap.last().fields())
                    .containsEntry("message-count", 2)
                    .containsEntry("messages", List.of("order-1", "order-2"));
            List<MessageExt> messages = MessageDecoder.decodes(ByteBuffer.wrap(body));
            assertThat(messages)
                    .hasSize(2)
                    .allMatch(message -> message.getStoreHost().equals(new InetSocketAddress("127.0.0.1", 50_911)))
                    .allMatch(message -> message.getBornHost().equals(new InetSocketAddress("10.0.0.9", 4711)))
                    .extracting(MessageExt::getKeys)
                    .containsExactly("order-1", "order-2");
            int changed = 0;
            for (int i = 0; i < body.length; i++) {
                changed += body[i] == stored[i] ? 0 : 1;
            }
            assertThat(changed).isBetween(1, 2 * 8);
        }

        @ParameterizedTest
        @EnumSource(SerializeType.class)
        void theIdOfASentMessageLeadsToTheRelay(SerializeType type) throws Exception {
            String id = MessageDecoder.createMessageId(Frames.BROKER, 77);
            tap.fromClient(Frames.bytes(Frames.send(7, "order-42", BODY, type)));
            RemotingCommand reply = Frames.reply(ResponseCode.SUCCESS, 7, Map.of("msgId", id + "," + id));
            reply.setSerializeTypeCurrentRPC(type);
            tap.fromBroker(Frames.bytes(reply));

            RemotingCommand seen =
                    RemotingCommand.decode(ByteBuffer.wrap(tap.toClient(), 4, tap.toClient().length - 4));
            String led = seen.getExtFields().get("msgId");
            assertThat(led).isEqualTo(tap.last().field("msgId"));
            String first = led.split(",")[0];
            assertThat(MessageDecoder.decodeMessageId(first).getAddress())
                    .isEqualTo(new InetSocketAddress("127.0.0.1", 50_911));
            assertThat(MessageDecoder.decodeMessageId(first).getOffset()).isEqualTo(77);
        }

        @Test
        void aRefusedRouteAndOtherBodiesPassAsTheyAre() {
            byte[] body = "{\"brokerAddrs\":{0:\"10.0.0.7:10911\"}}".getBytes(StandardCharsets.UTF_8);
            tap.fromClient(Frames.bytes(Frames.request(RequestCode.GET_ROUTEINFO_BY_TOPIC, 1, Map.of())));
            RemotingCommand refused = Frames.reply(ResponseCode.TOPIC_NOT_EXIST, 1, Map.of());
            refused.setBody(body);
            RemotingCommand other = Frames.request(RequestCode.NOTIFY_CONSUMER_IDS_CHANGED, 2, Map.of());
            other.setBody(body);
            byte[] frames = concat(Frames.bytes(refused), Frames.bytes(other));
            assertThat(tap.fromBroker(frames).toClient()).isEqualTo(frames);
        }

        /** The body of the reply as the client gets it, in a frame that it can decode. */
        private byte[] ask(int code, byte[] body) {
            tap.fromClient(Frames.bytes(Frames.request(code, 5, Map.of())));
            int before = tap.toClient().length;
            RemotingCommand reply = Frames.reply(ResponseCode.SUCCESS, 5, Map.of());
            reply.setBody(body);
            byte[] frame = tap.fromBroker(Frames.bytes(reply)).toClient();
            assertThat(ByteBuffer.wrap(frame).getInt(before)).isEqualTo(frame.length - before - 4);
            try {
                return RemotingCommand.decode(ByteBuffer.wrap(frame, before + 4, frame.length - before - 4))
                        .getBody();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @Nested
    class LongBodies {

        @Test
        void aHugeBodyPassesAsItComes() {
            byte[] frame = Frames.bytes(Frames.send(1, "k", new byte[3_000_000], SerializeType.JSON));
            for (int at = 0; at < frame.length; at += 10_000) {
                tap.feed(TO_BROKER, frame, at, Math.min(frame.length, at + 10_000));
            }
            assertThat(tap.longestPiece()).isLessThanOrEqualTo(10_000);
            assertThat(tap.names(TO_BROKER)).containsExactly("SEND_MESSAGE_V2");
            assertThat(tap.toBroker()).isEqualTo(frame);
        }
    }

    @Nested
    class Garbage {

        @Test
        void whatIsNoFramePassesAtOnce() {
            byte[] tls = {0x16, 3, 1, 2, 0, 1};
            tap.fromClient(tls);
            assertThat(tap.names(TO_BROKER)).containsExactly("raw");
            assertThat(tap.toBroker()).isEqualTo(tls);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "no json",
                    "{\"code\":",
                    "null",
                    "[1]",
                    "{}",
                    "{\"extFields\":7}",
                    "{\"code\":\"x\"}",
                    "{\"code\":310,\"extFields\":{\"i\":null,\"a\":{\"x\":1},\"b\":[1],\"c\":7,null:\"x\"}}",
                    "{\"code\":310,\"extFields\":{\"i\":\"\\u0001\\u0002\\u0001\\u0001\\u0002x\"},\"language\":null}",
                    "{\"code\":37,\"extFields\":{\"commitOrRollback\":null,\"\":\"\"}}",
                    "{\"code\":0,\"flag\":1,\"remark\":7,\"extFields\":{\"msgId\":null}}"
                })
        void aFrameWhoseHeaderMakesNoSenseIsRawAndTheNextIsNot(String header) {
            byte[] odd = header.getBytes(StandardCharsets.UTF_8);
            byte[] frame = ByteBuffer.allocate(8 + odd.length)
                    .putInt(4 + odd.length)
                    .putInt(odd.length)
                    .put(odd)
                    .array();
            byte[] heartbeat = Frames.bytes(Frames.request(RequestCode.HEART_BEAT, 1, Map.of()));
            tap.fromClient(frame, heartbeat);
            assertThat(tap.names(TO_BROKER)).contains("HEART_BEAT").hasSize(2);
            assertThat(tap.toBroker()).isEqualTo(concat(frame, heartbeat));
        }

        @Test
        void aRouteThatIsNoJsonAndMessagesThatAreNonePass() {
            for (int code : List.of(RequestCode.GET_ROUTEINFO_BY_TOPIC, RequestCode.PULL_MESSAGE)) {
                byte[] body = "\"brokerAddrs\":{\"\\".getBytes(StandardCharsets.UTF_8);
                Tap fresh = new Tap(new RocketMqProtocol(), DETOURS)
                        .fromClient(Frames.bytes(Frames.request(code, 5, Map.of())));
                RemotingCommand reply = Frames.reply(ResponseCode.SUCCESS, 5, Map.of());
                reply.setBody(body);
                byte[] frame = Frames.bytes(reply);
                assertThat(fresh.fromBroker(frame).toClient()).isEqualTo(frame);
            }
        }

        @Test
        void aStoredMessageWithoutPropertiesIsNoTrouble() {
            RemotingCommand check = Frames.request(RequestCode.CHECK_TRANSACTION_STATE, 1, Map.of());
            check.setBody(Frames.storedWithoutProperties());
            tap.fromBroker(Frames.bytes(check));
            assertThat(tap.last().fields()).containsEntry("message-count", 1);
        }

        @Test
        void whatIsIncompleteAtTheEndPasses() {
            byte[] frame = Frames.bytes(Frames.request(RequestCode.HEART_BEAT, 1, Map.of()));
            tap.feed(TO_BROKER, frame, 0, frame.length - 3).end();
            assertThat(tap.toBroker()).isEqualTo(java.util.Arrays.copyOf(frame, frame.length - 3));
            assertThat(tap.names(TO_BROKER)).containsExactly("raw");
        }
    }

    private static byte[] concat(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }
}
