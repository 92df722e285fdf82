package mqworkbook.workbench.wire.redis;

import static mqworkbook.workbench.wire.Direction.TO_BROKER;
import static mqworkbook.workbench.wire.Direction.TO_CLIENT;
import static mqworkbook.workbench.wire.redis.Resp.array;
import static mqworkbook.workbench.wire.redis.Resp.bulk;
import static mqworkbook.workbench.wire.redis.Resp.bytes;
import static mqworkbook.workbench.wire.redis.Resp.command;
import static mqworkbook.workbench.wire.redis.Resp.push;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import mqworkbook.workbench.wire.Detours;
import mqworkbook.workbench.wire.Tap;
import mqworkbook.workbench.wire.WireMessage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Single cases of the RESP splitter; what holds for all inputs stands in {@link RespSplitterProperties}. */
class RespSplitterTest {

    private final Tap tap = new Tap(new RespProtocol(), Detours.NONE);

    @Nested
    class Commands {

        @Test
        void aCommandShowsItsArgumentsAndItsKey() {
            WireMessage set = ask("SET", "stock:1", "5", "NX");
            assertThat(set.name()).isEqualTo("set");
            assertThat(set.fields())
                    .containsOnly(
                            Map.entry("key", "stock:1"),
                            Map.entry("arguments", List.of("stock:1", "5", "NX")),
                            Map.entry("argument-count", 3L),
                            Map.entry("size", (long) command("SET", "stock:1", "5", "NX").length));
        }

        @Test
        void aSubCommandIsPartOfTheName() {
            assertThat(ask("CLIENT", "SETINFO", "LIB-NAME", "Lettuce").name()).isEqualTo("client.setinfo");
            assertThat(ask("XGROUP", "CREATE", "orders", "workers", "0").field("key"))
                    .isEqualTo("orders");
            assertThat(ask("COMMAND").name()).isEqualTo("command");
            assertThat(ask("JSON.SET", "doc", "$", "1").field("key")).isEqualTo("doc");
        }

        @Test
        void theKeyIsFoundWhereTheCommandHasIt() {
            assertThat(ask("EVALSHA", "c0ffee", "1", "stock:1", "3").field("key"))
                    .isEqualTo("stock:1");
            assertThat(ask("EVAL", "return 1", "0", "argument").fields()).doesNotContainKey("key");
            assertThat(ask("XREADGROUP", "GROUP", "g", "c", "COUNT", "1", "STREAMS", "orders", ">")
                            .field("key"))
                    .isEqualTo("orders");
            assertThat(ask("PING").fields()).doesNotContainKey("key");
        }

        @Test
        void pubSubShowsTheChannel() {
            assertThat(ask("PUBLISH", "news", "hello").fields())
                    .containsEntry("channel", "news")
                    .containsEntry("arguments", List.of("news", "hello"))
                    .doesNotContainKey("key");
        }

        @Test
        void passwordsAreLeftOut() {
            ask("AUTH", "default", "secret");
            ask("HELLO", "3", "AUTH", "default", "secret");
            ask("CONFIG", "SET", "requirepass", "secret");
            assertThat(tap.messages().toString()).doesNotContain("secret");
            assertThat(tap.messages().get(1).field("arguments")).isEqualTo("[3]");
        }

        @Test
        void longAndBinaryArgumentsAreShownInShort() {
            WireMessage set = ask("SET", "k".repeat(1_000), "\u0000\u0001");
            assertThat(set.field("key")).isEqualTo("k".repeat(128) + "…");
            assertThat(set.field("arguments")).contains("(2 bytes)");
        }

        @Test
        void aLineIsACommandToo() {
            tap.fromClient(bytes("PING\r\nset stock 5\nGET stock\r\n"))
                    .fromBroker(bytes("+PONG\r\n+OK\r\n$1\r\n5\r\n"));
            assertThat(tap.names(TO_BROKER)).containsExactly("ping", "set", "get");
            assertThat(tap.names(TO_CLIENT)).containsExactly("ping", "set", "get");
        }
    }

    @Nested
    class Replies {

        @Test
        void eachHasTheNameOfItsCommandAndItsValue() {
            ask("SET", "k", "v");
            ask("INCR", "n");
            ask("GET", "nothing");
            ask("GET", "k");
            ask("LRANGE", "l", "0", "-1");
            ask("EVALSHA", "c0ffee", "0");
            tap.fromBroker(
                    bytes("+OK\r\n:7\r\n$-1\r\n$1\r\nv\r\n*2\r\n:1\r\n*1\r\n+x\r\n-NOSCRIPT No matching script\r\n"));
            List<WireMessage> replies = tap.messages(TO_CLIENT);
            assertThat(replies)
                    .extracting(WireMessage::name)
                    .containsExactly("set", "incr", "get", "get", "lrange", "evalsha");
            assertThat(replies)
                    .extracting(reply -> reply.field("value"))
                    .containsExactly("OK", "7", "null", "v", "", "");
            assertThat(replies.get(4).fields()).isEqualTo(Map.of("elements", 2L, "size", 16L));
            assertThat(replies.get(5).field("error")).isEqualTo("NOSCRIPT No matching script");
        }

        @Test
        void allKindsOfResp3AreWhole() {
            for (String value : List.of(
                    "%2\r\n+a\r\n:1\r\n+b\r\n*0\r\n",
                    "~2\r\n:1\r\n:2\r\n",
                    "_\r\n",
                    "#t\r\n",
                    ",3.14\r\n",
                    "(12345678901234567890123\r\n",
                    "=7\r\ntxt:abc\r\n",
                    "!5\r\nERR x\r\n",
                    "|1\r\n+ttl\r\n:10\r\n+OK\r\n",
                    "*2\r\n|1\r\n+ttl\r\n:10\r\n:1\r\n:2\r\n",
                    "*-1\r\n",
                    "%0\r\n")) {
                ask("GET", "k");
                tap.fromBroker(bytes(value));
                assertThat(tap.last().name()).as(value).isEqualTo("get");
                assertThat(tap.last().fields()).as(value).containsEntry("size", (long) value.length());
            }
        }

        @Test
        void transactionsAnswerEachCommandOnce() {
            ask("MULTI");
            ask("INCR", "n");
            ask("EXEC");
            tap.fromBroker(bytes("+OK\r\n+QUEUED\r\n*1\r\n:1\r\n"));
            assertThat(tap.names(TO_CLIENT)).containsExactly("multi", "incr", "exec");
        }

        @Test
        void anUnaskedReplyIsSeen() {
            tap.fromBroker(bytes("-ERR max number of clients reached\r\n"));
            assertThat(tap.last().name()).isEqualTo("reply");
            assertThat(tap.last().field("error")).contains("max number");
        }

        @Test
        void commandsThatWantNoReplyGetNone() {
            ask("CLIENT", "REPLY", "SKIP");
            ask("INCR", "skipped");
            ask("CLIENT", "REPLY", "OFF");
            ask("INCR", "silent");
            ask("CLIENT", "REPLY", "ON");
            ask("GET", "k");
            tap.fromBroker(bytes("+OK\r\n$1\r\nv\r\n"));
            assertThat(tap.names(TO_CLIENT)).containsExactly("client.reply", "get");
        }
    }

    @Nested
    class Pushes {

        @Test
        void inResp2ConfirmationsAnswerTheirCommandAndMessagesAnswerNone() {
            ask("SUBSCRIBE", "a", "b");
            ask("PING");
            tap.fromBroker(
                    bytes(array(bulk("subscribe"), bulk("a"), ":1\r\n")),
                    bytes(array(bulk("message"), bulk("a"), bulk("hello"))),
                    bytes(array(bulk("subscribe"), bulk("b"), ":2\r\n")),
                    bytes(array(bulk("message"), bulk("b"), bulk("world"))),
                    bytes(array(bulk("pong"), bulk(""))));
            assertThat(tap.names(TO_CLIENT))
                    .containsExactly("push.subscribe", "push.message", "push.subscribe", "push.message", "ping");
            assertThat(tap.messages(TO_CLIENT).get(1).fields())
                    .containsEntry("channel", "a")
                    .containsEntry("payload", "hello");
            assertThat(tap.messages(TO_CLIENT).get(2).fields()).containsEntry("subscriptions", 2L);
        }

        @Test
        void aRefusedSubscriptionLeavesTheOrderIntact() {
            ask("SUBSCRIBE", "a", "b");
            ask("GET", "k");
            tap.fromBroker(bytes("-NOPERM no such channel\r\n$1\r\nv\r\n"));
            assertThat(tap.names(TO_CLIENT)).containsExactly("subscribe", "get");
        }

        @Test
        void unsubscribingFromEverythingIsConfirmedForEachChannel() {
            ask("PSUBSCRIBE", "n.*");
            ask("PUNSUBSCRIBE");
            ask("UNSUBSCRIBE");
            ask("GET", "k");
            tap.fromBroker(
                    bytes(array(bulk("psubscribe"), bulk("n.*"), ":1\r\n")),
                    bytes(array(bulk("pmessage"), bulk("n.*"), bulk("n.1"), bulk("hello"))));
            assertThat(tap.last().fields())
                    .containsEntry("pattern", "n.*")
                    .containsEntry("channel", "n.1")
                    .containsEntry("payload", "hello");
            tap.fromBroker(
                    bytes(array(bulk("punsubscribe"), bulk("n.*"), ":0\r\n")),
                    bytes(array(bulk("unsubscribe"), "$-1\r\n", ":0\r\n")),
                    bytes("$1\r\nv\r\n"));
            assertThat(tap.names(TO_CLIENT))
                    .containsExactly(
                            "push.psubscribe", "push.pmessage", "push.punsubscribe", "push.unsubscribe", "get");
        }

        @Test
        void inResp3PushesComeBetweenReplies() {
            ask("HELLO", "3");
            ask("SUBSCRIBE", "a");
            ask("LRANGE", "l", "0", "-1");
            tap.fromBroker(
                    bytes("%1\r\n+proto\r\n:3\r\n"),
                    bytes(push(bulk("subscribe"), bulk("a"), ":1\r\n")),
                    bytes(push(bulk("message"), bulk("a"), bulk("hello"))),
                    bytes(array(bulk("message"), bulk("a"), bulk("an ordinary list"))));
            assertThat(tap.names(TO_CLIENT)).containsExactly("hello", "push.subscribe", "push.message", "lrange");
        }

        @Test
        void anArrayThatLooksLikeAMessageIsAReplyWithoutSubscription() {
            ask("LRANGE", "l", "0", "-1");
            tap.fromBroker(bytes(array(bulk("message"), bulk("a"), bulk("b"))));
            assertThat(tap.last().name()).isEqualTo("lrange");
        }

        @Test
        void monitorLinesAnswerNothing() {
            ask("MONITOR");
            tap.fromBroker(bytes("+OK\r\n+1339518083.107412 [0 127.0.0.1:60866] \"keys\" \"*\"\r\n"));
            assertThat(tap.names(TO_CLIENT)).containsExactly("monitor", "push.monitor");
        }

        @Test
        void anEmptyPushIsNoTroubleNorACommandNamedLikeOne() {
            ask("PUSH.MESSAGE");
            tap.fromBroker(bytes(">0\r\n+OK\r\n"));
            assertThat(tap.names(TO_CLIENT)).containsExactly("push", "push.message");
        }
    }

    /** A client that misses one reply takes the next for it. */
    @Nested
    class WhatIsDropped {

        @Test
        void afterADroppedReplyAllLaterRepliesAreLostButNoPush() {
            ask("GET", "a");
            ask("GET", "b");
            ask("GET", "c");
            tap.dropping(message -> message.field("value").equals("B"))
                    .fromBroker(
                            bytes("+A\r\n+B\r\n"), bytes(push(bulk("message"), bulk("a"), bulk("x"))), bytes("+C\r\n"));
            assertThat(tap.names(TO_CLIENT)).containsExactly("get", "push.message");
        }

        @Test
        void afterADroppedCommandRepliesToEarlierOnesStillArrive() {
            tap.dropping(message -> message.is("incr"));
            tap.fromClient(command("GET", "a"), command("INCR", "n"), command("GET", "c"))
                    .fromBroker(bytes("+A\r\n+C\r\n"));
            assertThat(tap.names(TO_BROKER)).containsExactly("get", "get");
            assertThat(tap.messages(TO_CLIENT))
                    .extracting(reply -> reply.field("value"))
                    .containsExactly("A");
        }

        @Test
        void aPushMayBeMissed() {
            ask("GET", "a");
            tap.dropping(message -> message.is("push.message"))
                    .fromBroker(bytes(push(bulk("message"), bulk("a"), bulk("x"))), bytes("+A\r\n"));
            assertThat(tap.names(TO_CLIENT)).containsExactly("get");
        }
    }

    @Nested
    class LongValues {

        @Test
        void aHugeCommandPassesAsItComesAndTellsItsSize() {
            byte[] huge = Resp.longCommand(5_000_000, "SET", "key");
            for (int at = 0; at < huge.length; at += 50_000) {
                tap.feed(TO_BROKER, huge, at, Math.min(huge.length, at + 50_000));
            }
            assertThat(tap.longestPiece()).isLessThanOrEqualTo(RespSplitter.LONGEST_GATHERED);
            assertThat(tap.names(TO_BROKER)).containsExactly("set");
            assertThat(tap.last().fields())
                    .containsEntry("key", "key")
                    .containsEntry("size", (long) huge.length)
                    .containsEntry("arguments", List.of("key", "x".repeat(128) + "…"));
            assertThat(tap.toBroker()).isEqualTo(huge);
        }

        @Test
        void aHugeReplyKeepsItsPlace() {
            ask("GET", "huge");
            ask("GET", "small");
            tap.fromBroker(bytes(bulk("x".repeat(1_000_000))), bytes("+small\r\n"));
            assertThat(tap.messages(TO_CLIENT))
                    .extracting(reply -> reply.field("value"))
                    .containsExactly("x".repeat(128) + "…", "small");
        }
    }

    @Nested
    class Garbage {

        @Test
        void whatIsNoRespPassesAtOnce() {
            byte[] tls = {0x16, 3, 1, 2, 0, 1};
            tap.fromClient(tls).fromBroker(tls);
            assertThat(tap.names(TO_BROKER)).containsOnly("raw");
            assertThat(tap.toBroker()).isEqualTo(tls);
            assertThat(tap.toClient()).isEqualTo(tls);
        }

        @Test
        void aCommandOfOtherThingsThanStringsIsRaw() {
            tap.fromClient(bytes("*1\r\n:1\r\n*0\r\n*-1\r\n"), command("PING"));
            assertThat(tap.names(TO_BROKER)).containsExactly("raw", "raw", "raw", "ping");
        }

        @Test
        void impossibleLengthsAndEndsAreNoValues() {
            for (String odd :
                    List.of("$x\r\n", "$-2\r\n", "*1\n", "$1\r\nab\r\n", "+O\rK\r\n", "$99999999999999999999999\r\n")) {
                Tap fresh = new Tap(new RespProtocol(), Detours.NONE).fromBroker(bytes(odd));
                assertThat(fresh.toClient()).as(odd).isEqualTo(bytes(odd));
                assertThat(fresh.names(TO_CLIENT)).as(odd).containsOnly("raw");
            }
        }

        @Test
        void whatIsIncompleteAtTheEndPasses() {
            byte[] half = bytes("*2\r\n$3\r\nGET\r\n$5\r\nab");
            tap.fromClient(half);
            assertThat(tap.messages()).isEmpty();
            assertThat(tap.end().toBroker()).isEqualTo(half);
            assertThat(tap.names(TO_BROKER)).containsExactly("raw");
        }
    }

    private WireMessage ask(String... words) {
        return tap.fromClient(command(words)).last();
    }
}
