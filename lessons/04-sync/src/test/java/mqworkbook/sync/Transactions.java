package mqworkbook.sync;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mqworkbook.sync.user.UserEvent;
import mqworkbook.sync.user.UserState;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rocketmq.RocketMqClient;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Relay;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.TransactionMQProducer;

/** Processes of a user service that sends transactional messages, and what others see of them. */
final class Transactions {

    /** The broker asks for the first time after one or two seconds, and then every half. */
    private static final long ASKING_MILLIS = 4_000;

    private final Site site;

    Transactions(Site site) {
        this.site = site;
    }

    /** Starts a process; it dies at the broker when it dies at the database. */
    TransactionalUserService start(DatabaseActor process) throws MQClientException {
        RocketMqClient client = site.client(process.name());
        process.onDeath(client::die);
        TransactionMQProducer producer = new TransactionMQProducer(
                site.broker().prefix() + "user-service", client.login().orElse(null));
        producer.setNamesrvAddr(client.nameServer());
        producer.setInstanceName(site.broker().prefix() + process.name().replaceAll("\\W+", "-"));
        TransactionalUserService service = new TransactionalUserService(process.dataSource(), producer, site.names());
        service.start();
        site.atTheEnd(producer::shutdown);
        return service;
    }

    Relay relay(DatabaseActor process) {
        return site.client(process.name()).relay();
    }

    /** Counts the questions of the broker that reach a process. */
    CountDownLatch questions(DatabaseActor process, int many) {
        CountDownLatch asked = new CountDownLatch(many);
        relay(process)
                .on(Direction.TO_CLIENT, message -> {
                    if (message.is("CHECK_TRANSACTION_STATE")) {
                        asked.countDown();
                    }
                    return false;
                })
                .drop();
        return asked;
    }

    /** Not longer than the broker needs to ask; whoever has answered at once is not asked. */
    void awaitAsked(CountDownLatch asked) throws InterruptedException {
        asked.await(ASKING_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** So many changes were made, and as many events are seen, the newest of which says what the table says. */
    void expectSeen(String user, int changes, String situation) {
        Eventually.within(Site.SOON)
                .until("all is seen", () -> seen(user).size() >= changes)
                .orElse(() -> Wrong.that("A change was made, and nobody ever sees its event (" + user + ")")
                        .seen(situation + "; table: "
                                + UserStore.text(site.users().look(user).row())
                                + "; in the topic: "
                                + seen(user).stream().map(UserStore::text).toList() + ", after "
                                + Site.SOON.toSeconds() + " s")
                        .means("The replicas show the old address for ever.")
                        .suspect("an exception taken for a rollback though the commit was made; \"not found\" answered"
                                + " with ROLLBACK while the transaction is open; a memory that died with its process"));
        expectAgreed(user, situation);
    }

    void expectBothOrNeither(String user, String situation) {
        boolean changed = site.users().look(user).row().isPresent();
        if (changed) {
            expectSeen(user, 1, situation);
        }
        expectAgreed(user, situation);
    }

    private void expectAgreed(String user, String situation) {
        List<UserEvent> seen = seen(user);
        Set<Long> versions = new HashSet<>();
        for (UserEvent event : seen) {
            if (!versions.add(event.state().version())) {
                throw Wrong.that("Two events of a user have the same version (" + user + ")")
                        .seen(situation + "; in the topic: "
                                + seen.stream().map(UserStore::text).toList())
                        .means("Some replicas keep the one, some the other, and none of them notices.")
                        .suspect("the version is promised in the event, and nobody looks in the transaction whether the"
                                + " promise still holds");
            }
        }
        Optional<UserState> newest =
                seen.stream().map(UserEvent::state).max(Comparator.comparingLong(UserState::version));
        Optional<UserState> row = site.users().look(user).row();
        if (!newest.equals(row)) {
            throw Wrong.that("An event is seen of a change that was not made (" + user + ")")
                    .seen(situation + "; table: " + UserStore.text(row) + "; in the topic: "
                            + seen.stream().map(UserStore::text).toList())
                    .means("The order service delivers to an address that the user service does not know.")
                    .suspect("COMMIT before the database has committed, or as the answer to a question that cannot be"
                            + " answered");
        }
    }

    private List<UserEvent> seen(String user) {
        return site.log(user).stream().map(Site.Placed::event).distinct().toList();
    }
}
