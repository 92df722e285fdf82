package mqworkbook.sync;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import mqworkbook.sync.user.SyncNames;
import mqworkbook.sync.user.User;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Problems;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Rule;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

abstract class Step2Relay {

    /** More calls than any round of a relay makes. */
    private static final int MANY = 30;

    private Site site;

    /** Opened when somebody asks: the first to-do must not wait for a broker. */
    private Site site() {
        if (site == null) {
            site = Site.open();
        }
        return site;
    }

    @AfterEach
    void close() {
        if (site != null) {
            site.close();
        }
    }

    @Test
    @Order(1)
    @DisplayName("where nothing is in the outbox, there is nothing to do")
    void nothing() throws Exception {
        // Not started: whoever has nothing to send needs no broker.
        OutboxRelay relay = new OutboxRelay(
                new UserStore().process("relay").dataSource(), new DefaultMQProducer("nobody"), new SyncNames(""));
        int sent = relay.relay();
        if (sent != 0) {
            throw Wrong.that("The relay says that it has sent what is not there")
                    .seen("an empty outbox, and relay() returned " + sent);
        }
    }

    @Test
    @Order(2)
    @DisplayName("what is in the outbox comes to the topic, once, each user's events in order")
    void story() throws Exception {
        OutboxRelay relay = site().relay("relay");
        List<String> users = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            users.add(registered(3));
        }
        int sent = relay.relay();
        for (int call = 1; call < MANY && site().users().unsent() > 0; call++) {
            sent += relay.relay();
        }
        String situation = "5 users registered, and moved twice; relay() was called until nothing was left";
        users.forEach(user -> site().expectPublished(user, situation));
        if (sent != 15 || site().users().unsent() != 0) {
            throw Wrong.that("What the relay says and notes is not what it has sent")
                    .seen("15 events are at the broker; the calls of relay() returned " + sent + ", and "
                            + site().users().unsent() + " events are noted as not sent")
                    .means("Nobody can tell from the outbox how far behind the others are.");
        }
        for (Site.Placed message : site().log()) {
            if (!message.key().equals(message.event().eventId())) {
                throw Wrong.that("A message does not have its event's id as key")
                        .seen(message.event().eventId() + " has the key \"" + message.key() + "\"")
                        .means("Nobody finds it in the broker's console when a user asks what has become of their"
                                + " change.");
            }
        }
        relay.relay();
        if (site().log().size() != 15) {
            throw Wrong.that("The relay sends again what it has noted as sent")
                    .seen("15 events were sent and noted; after another call the topic holds "
                            + site().log().size());
        }
    }

    @Test
    @Order(3)
    @DisplayName("the event of a slow transaction is sent, though later ones have gone before it")
    void slowTransaction() throws Exception {
        OutboxRelay relay = site().relay("relay");
        String slow = "U-" + Store.number();
        CallMoment commit = holdRegistering(slow);
        String quick = registered(1);
        relay.relay();
        site().expectPublished(quick, "its transaction was committed");
        commit.release();
        awaitRegistered(slow);
        relay.relay();
        site().expectPublished(
                        slow,
                        "its transaction began before that of " + quick
                                + ", and was committed after relay() had sent that; then"
                                + " relay() was called again");
    }

    @Test
    @Order(4)
    @DisplayName("the event of a transaction that is committed while the relay sends is not noted along with the rest")
    void committedMeanwhile() throws Exception {
        OutboxRelay relay = site().relay("relay");
        String slow = "U-" + Store.number();
        CallMoment commit = holdRegistering(slow);
        String quick = registered(1);
        Rule sending = site().client("relay")
                .relay()
                .on(Direction.TO_BROKER, Site::isSend)
                .stall();
        CompletableFuture<Integer> round = Beside.run(relay::relay);
        awaitSending(sending, round);
        commit.release();
        awaitRegistered(slow);
        sending.cancel();
        Beside.result(round, Site.SOON, () -> late("the broker took its time with " + quick));
        site().drain(relay, "a slow transaction was committed between the relay's reading and its noting");
        site().expectPublished(
                        slow,
                        "it was committed between the relay's reading and its noting, with an id below that of "
                                + quick);
    }

    @Test
    @Order(5)
    @Tag("fault")
    @DisplayName("while the broker is away events wait in the outbox")
    void brokerAway() throws Exception {
        OutboxRelay relay = site().relay("relay");
        String user = registered(2);
        site().client("relay").relay().refuse();
        round(relay);
        if (site().users().unsent() < 2) {
            throw Wrong.that("An event is noted as sent, and the broker was away (" + user + ")")
                    .seen("2 events, no connection to the broker, and after relay() "
                            + site().users().unsent() + " are noted as not sent")
                    .means("They are lost to every replica.")
                    .suspect("noted before the broker had them; one-way or asynchronous sending whose result nobody"
                            + " looks at");
        }
        site().client("relay").relay().heal();
        site().drain(relay, "the broker was away, and is back");
        site().expectPublished(user, "the broker was away, and is back");
    }

    @Test
    @Order(6)
    @Tag("fault")
    @DisplayName("what the broker has not taken is sent again, and nothing of the same user goes before it")
    void failedSend() throws Exception {
        OutboxRelay relay = site().relay("relay");
        for (int nth = 1; nth <= 2; nth++) {
            String user = registered(3);
            Rule cut = site().client("relay")
                    .relay()
                    .on(Direction.TO_BROKER, Site::isSend)
                    .nth(nth)
                    .cutBefore();
            round(relay);
            cut.cancel();
            String situation = "message " + nth + " of 3 did not arrive: the connection was cut";
            site().expectOrder(user, situation);
            site().drain(relay, situation);
            site().expectPublished(user, situation + "; relay() was called again");
        }
    }

    @Test
    @Order(7)
    @Tag("fault")
    @DisplayName("wherever a relay dies between reading, sending and noting, another one sends what is left")
    void deaths() throws Exception {
        DefaultMQProducer producer = site().producer("relay");
        OutboxRelay other = site().relay("other relay");
        boolean more = true;
        for (int n = 1; more && n <= MANY; n++) {
            String user = registered(2);
            DatabaseActor process = site().users().process("relay");
            CallMoment moment = CallMoment.dieBefore(process, n);
            round(site().relay(process, producer));
            more = moment.hasCome();
            String situation = "a relay died before its call " + n + " to the database; then another one came";
            site().drain(other, situation);
            site().expectPublished(user, situation);
        }
    }

    @Test
    @Order(8)
    @Tag("fault")
    @DisplayName("a relay that dies while it sends has noted nothing that is not at the broker")
    void deathOnTheWire() throws Exception {
        OutboxRelay other = site().relay("other relay");
        for (Direction direction : Direction.values()) {
            String user = registered(3);
            String name = "relay, dying at a message " + direction;
            DatabaseActor process = site().users().process(name);
            OutboxRelay relay = site().relay(process, site().producer(name));
            // Its process dies with its connection: what it still writes to the database is written by nobody.
            site().client(name)
                    .relay()
                    .on(direction, message -> {
                        if (Site.isSend(message)) {
                            process.die();
                        }
                        return Site.isSend(message);
                    })
                    .every()
                    .cutBefore();
            round(relay);
            String situation = direction == Direction.TO_BROKER
                    ? "a relay died when its first message had not arrived; then another one came"
                    : "a relay died when its first message had arrived, before it knew; then another one came";
            site().kill(name, process);
            site().drain(other, situation);
            site().expectPublished(user, situation);
        }
    }

    @Test
    @Order(9)
    @Tag("fault")
    @DisplayName("two relays at the same time neither lose nor reorder anything")
    void twoAtOnce() throws Exception {
        OutboxRelay first = site().relay("relay 1");
        OutboxRelay second = site().relay("relay 2");
        String user = registered(1);
        Rule sending = site().client("relay 1")
                .relay()
                .on(Direction.TO_BROKER, Site::isSend)
                .stall();
        CompletableFuture<?> one = Beside.run(() -> round(first));
        awaitSending(sending, one);
        move(user, 2);
        CompletableFuture<?> two = Beside.run(() -> round(second));
        Eventually.within(Site.SOON)
                .until(
                        "the other relay has done what it can",
                        () -> two.isDone() || site().users().unsent() < 3)
                .orElse(() -> late("another relay was in the middle of its work"));
        String situation =
                "relay 1 had the registration of " + user + " in its hands; " + user + " moved twice, and relay 2 came";
        site().expectOrder(user, situation);
        sending.cancel();
        Beside.result(one, Site.SOON, () -> late("another relay came meanwhile"));
        Beside.result(two, Site.SOON, () -> late("another relay was in the middle of its work"));
        site().drain(second, situation);
        site().expectPublished(user, situation);
    }

    @TestFactory
    @Order(10)
    @Tag("live")
    @TimeLimit(60)
    @DisplayName("for any changes and deaths of relays")
    Stream<DynamicTest> properties() {
        return StepProperties.of(RelayProperties.class);
    }

    private String registered(int events) throws SQLException {
        String user = "U-" + Store.number();
        site().userService().register(new User(user, "Ada", "0 Mill Lane"));
        move(user, events - 1);
        return user;
    }

    private void move(String user, int times) throws SQLException {
        for (int i = 1; i <= times; i++) {
            site().userService().change(new User(user, "Ada", i + " Mill Lane"));
        }
    }

    /** Somebody registers, and the commit is held. */
    private CallMoment holdRegistering(String user) {
        DatabaseActor process = site().users().process("slow user service");
        CallMoment commit = CallMoment.holdBefore(process, Store::isCommit, 1);
        CompletableFuture<Boolean> registering = Beside.run(
                () -> new UserService(process.dataSource(), () -> {}).register(new User(user, "Ada", "1 Slow Lane")));
        Eventually.within(Site.SOON)
                .until("it is about to commit", () -> commit.hasCome() || registering.isDone())
                .orElse(() -> Wrong.that("A registration does not come to its end"));
        return commit;
    }

    private void awaitRegistered(String user) {
        Eventually.within(Site.SOON)
                .until("it is committed", () -> !site().users().everIn(user).isEmpty())
                .orElse(() -> Wrong.that("A registration does not come to its end"));
    }

    /** One call; what it throws is its caller's to log. */
    static Object round(OutboxRelay relay) throws InterruptedException {
        try {
            return relay.relay();
        } catch (SQLException | ProcessDied e) {
            return e;
        } catch (RuntimeException e) {
            Problems.throwIfAny();
            return e;
        }
    }

    private static void awaitSending(Rule sending, CompletableFuture<?> round) throws Exception {
        try {
            sending.awaitHit(Site.SOON);
        } catch (AssertionError e) {
            if (round.isDone()) {
                Beside.result(round, Site.SOON, () -> e);
            }
            throw Wrong.that("The relay does not send what is in the outbox")
                    .seen("an event is in the outbox, and relay() has sent nothing to the broker");
        }
    }

    private static Wrong late(String situation) {
        return Wrong.that("relay() does not come back")
                .seen(situation + "; " + Site.SOON.toSeconds() + " s have passed")
                .means("One slow relay keeps all others waiting, and with them every replica.");
    }
}
