package mqworkbook.sync;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import mqworkbook.sync.user.User;
import mqworkbook.sync.user.UserEvent;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Rule;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.LocalTransactionState;
import org.apache.rocketmq.client.producer.TransactionMQProducer;
import org.apache.rocketmq.common.message.MessageExt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

abstract class Step6Transactional {

    /** More calls than any change makes. */
    private static final int MANY = 20;

    private Site site;
    private Transactions transactions;
    private String user;

    @BeforeEach
    void open() {
        site = Site.open();
        transactions = new Transactions(site);
        user = "U-" + Store.number();
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    @Order(1)
    @DisplayName("who is asked about a change that was never made does not say yes")
    void neverMade() {
        MessageExt message = new MessageExt();
        message.setTopic(site.names().users());
        UserEvent event = Events.registered(user, 1);
        message.setKeys(event.eventId());
        message.setBody(event.text().getBytes(StandardCharsets.UTF_8));
        LocalTransactionState answer = new TransactionalUserService(
                        site.users().process("user service").dataSource(),
                        new TransactionMQProducer("nobody"),
                        site.names())
                .checkLocalTransaction(message);
        if (answer == LocalTransactionState.COMMIT_MESSAGE) {
            throw Wrong.that("An event is let out whose change was never made (" + event.eventId() + ")")
                    .seen("the broker asks about v1 of " + user + ", of whom table and records know nothing; the answer"
                            + " is " + answer)
                    .means("Whatever a process had half done when it died becomes an event.")
                    .suspect("COMMIT as the answer where nothing is known");
        }
    }

    @Test
    @Order(2)
    @DisplayName("what is saved is in the table, and its event in the topic")
    void story() throws Exception {
        TransactionalUserService users = transactions.start(site.users().process("user service"));
        users.save(new User(user, "Ada", "12 Mill Lane"));
        transactions.expectSeen(user, 1, "saved once");
        users.save(new User(user, "Ada", "3 High Street"));
        transactions.expectSeen(user, 2, "saved twice");
    }

    @Test
    @Order(3)
    @DisplayName("two who change the same user at the same moment have an event each, with versions that tell")
    void atTheSameTime() throws Exception {
        DatabaseActor one = site.users().process("user service 1");
        TransactionalUserService first = transactions.start(one);
        TransactionalUserService second = transactions.start(site.users().process("user service 2"));
        boolean more = true;
        for (int n = 1; more && n <= MANY; n++) {
            String each = "U-" + Store.number();
            if (n % 2 == 0) {
                second.save(new User(each, "Ada", "12 Mill Lane"));
            }
            Race race = Race.run(
                    one,
                    n,
                    () -> saved(first, new User(each, "Ada", "3 High Street")),
                    () -> saved(second, new User(each, "Ada", "77 Low Street")));
            more = race.came();
            int saved = (n % 2 == 0 ? 1 : 0)
                    + (race.first() == null ? 1 : 0)
                    + (race.came() && race.second() == null ? 1 : 0);
            transactions.expectSeen(
                    each,
                    saved,
                    "\"3 High Street\" waited before its call " + n + " to the database, meanwhile \"77 Low Street\""
                            + " came; " + saved + " calls of save() returned");
        }
    }

    @Test
    @Order(4)
    @Tag("fault")
    @DisplayName("a verdict that is lost is asked for, and so is a commit whose answer was lost")
    void doubts() throws Exception {
        DatabaseActor process = site.users().process("user service");
        TransactionalUserService users = transactions.start(process);
        Rule lost = transactions
                .relay(process)
                .on(Direction.TO_BROKER, message -> message.is("END_TRANSACTION"))
                .drop();
        users.save(new User(user, "Ada", "12 Mill Lane"));
        lost.awaitHit(Site.SOON);
        String other = "U-" + Store.number();
        CallMoment.failAfter(process, Store::isCommit, 1);
        try {
            users.save(new User(other, "Eve", "1 Wall"));
        } catch (SQLException doubt) {
            // As it ought to be told.
        }
        transactions.expectSeen(user, 1, "its verdict never reached the broker");
        transactions.expectSeen(other, 1, "the commit was made, and its answer was lost");
    }

    @Test
    @Order(5)
    @Tag("fault")
    @DisplayName("who is asked in the middle of the transaction does not say no")
    void askedMeanwhile() throws Exception {
        DatabaseActor process = site.users().process("user service");
        TransactionalUserService users = transactions.start(process);
        CallMoment commit = CallMoment.holdBefore(process, Store::isCommit, 1);
        // A verdict that comes late would be heard all the same.
        transactions
                .relay(process)
                .on(
                        Direction.TO_BROKER,
                        message -> message.is("END_TRANSACTION")
                                && !message.field("fromTransactionCheck").equals("true"))
                .drop();
        // Twice: when it is asked again, the answer to the first question is at the broker.
        CountDownLatch asked = transactions.questions(process, 2);
        CompletableFuture<Object> saving = Beside.run(() -> saved(users, new User(user, "Ada", "12 Mill Lane")));
        Eventually.within(Site.SOON)
                .until("it is about to commit", () -> commit.hasCome() || saving.isDone())
                .orElse(() -> late("nobody else was there"));
        if (commit.hasCome()) {
            transactions.awaitAsked(asked);
        }
        commit.release();
        Beside.result(saving, Site.SOON, () -> late("the broker asked meanwhile"));
        transactions.expectSeen(
                user, 1, "the broker asked before the commit, which then succeeded; its verdict was lost on the way");
    }

    @Test
    @Order(6)
    @Tag("fault")
    @DisplayName("wherever the process dies: the change and its event, or neither, when another one was asked")
    void deaths() throws Exception {
        Map<String, String> situations = new LinkedHashMap<>();
        boolean more = true;
        for (int n = 1; more && n <= MANY; n++) {
            DatabaseActor process = site.users().process("user service " + n);
            String each = "U-" + Store.number();
            CallMoment moment = CallMoment.dieBefore(process, n);
            saveAndDie(process, each);
            more = moment.hasCome();
            situations.put(each, "the process died before its call " + n + " to the database");
            // Whoever has got through is not to be asked about the others.
            process.die();
        }
        DatabaseActor process = site.users().process("user service, after its commit");
        String last = "U-" + Store.number();
        CallMoment.dieAfter(process, Store::isCommit, 1);
        saveAndDie(process, last);
        situations.put(last, "the process died right after its commit");
        DatabaseActor restarted = site.users().process("user service, restarted");
        CountDownLatch asked = transactions.questions(restarted, situations.size());
        // A producer that has sent nothing yet is not known to the broker, and is not asked.
        transactions.start(restarted).save(new User(user, "Ada", "12 Mill Lane"));
        transactions.awaitAsked(asked);
        for (Map.Entry<String, String> each : situations.entrySet()) {
            transactions.expectBothOrNeither(each.getKey(), each.getValue() + "; another one was started, and asked");
        }
    }

    private void saveAndDie(DatabaseActor process, String each) throws MQClientException {
        TransactionalUserService users = transactions.start(process);
        try {
            users.save(new User(each, "Ada", "12 Mill Lane"));
        } catch (SQLException | ProcessDied | MQClientException e) {
            // Dead, one way or the other.
        }
    }

    private static Object saved(TransactionalUserService users, User user) throws Exception {
        users.save(user);
        return true;
    }

    private static Wrong late(String situation) {
        return Wrong.that("save() does not come back")
                .seen(situation + "; " + Site.SOON.toSeconds() + " s have passed");
    }
}
