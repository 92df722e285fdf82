package mqworkbook.sync;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import mqworkbook.sync.before.DualWriteUserService;
import mqworkbook.sync.user.EventHandler;
import mqworkbook.sync.user.User;
import mqworkbook.sync.user.UserState;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.payoff.Payoff;
import mqworkbook.workbench.payoff.PayoffTable;
import mqworkbook.workbench.wire.Direction;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.selector.SelectMessageQueueByHash;
import org.apache.rocketmq.common.message.Message;

/** The same changes with the same harm, as a dual write and through the outbox: how many rows differ in the end? */
public final class SyncPayoff implements Payoff {

    private static final int USERS = 150;
    private static final int CHANGES = 400;
    private static final int SEED = 4;

    /** To the database, for one change: look, write; and look, write, event, commit. */
    private static final int DUAL_WRITE_CALLS = 2;

    private static final int OUTBOX_CALLS = 4;

    /** What is done to the processes and their wires. */
    private enum Harm {
        NONE("nothing happens"),
        DEATHS("1 process in 10 dies"),
        CUTS("1 message in 10 is lost");

        private final String text;

        Harm(String text) {
            this.text = text;
        }
    }

    /** A design under test: saves users, and brings at the end what is left. */
    private interface Design {

        void save(DatabaseActor process, User user) throws Exception;

        void finish() throws Exception;
    }

    @Override
    public PayoffTable measure() throws Exception {
        List<PayoffTable.Row> rows = new ArrayList<>();
        // The first run loads what all need.
        run(Harm.NONE, true);
        for (Harm harm : Harm.values()) {
            for (boolean outbox : new boolean[] {false, true}) {
                rows.add(run(harm, outbox));
            }
        }
        return new PayoffTable(
                "Rows that differ between source and replica",
                List.of("rows that differ", "calls that failed", "changes/s"),
                0,
                "rows",
                rows,
                CHANGES + " changes of " + USERS
                        + " users each way, same changes and same harm; counted when the replica"
                        + " has been quiet, with replica and consumer the same.");
    }

    private static PayoffTable.Row run(Harm harm, boolean outbox) throws Exception {
        try (Site site = Site.open()) {
            Replication replication = new Replication(site);
            replication.start("order service");
            Design design = outbox ? throughOutbox(site) : dualWrite(site);
            if (harm == Harm.CUTS) {
                loseEveryTenth(site);
            }
            Random random = new Random(SEED);
            int failed = 0;
            long began = System.nanoTime();
            for (int i = 0; i < CHANGES; i++) {
                User user = new User("U-" + random.nextInt(USERS), "Ada", i + " Mill Lane");
                DatabaseActor process = site.users().process("user service");
                if (harm == Harm.DEATHS && random.nextInt(10) == 0) {
                    // Right before or after any of its calls.
                    int n = 1 + random.nextInt(outbox ? OUTBOX_CALLS : DUAL_WRITE_CALLS);
                    if (random.nextBoolean()) {
                        CallMoment.dieBefore(process, n);
                    } else {
                        CallMoment.dieAfter(process, n);
                    }
                }
                try {
                    design.save(process, user);
                } catch (Exception | ProcessDied e) {
                    failed++;
                }
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            site.client("sender").relay().heal();
            design.finish();
            return new PayoffTable.Row(
                    harm.text,
                    outbox ? "outbox" : "dual write",
                    List.of((double) differing(site, replication), (double) failed, CHANGES / seconds));
        }
    }

    private static void loseEveryTenth(Site site) {
        int[] seen = {0};
        site.client("sender")
                .relay()
                .on(Direction.TO_BROKER, message -> Site.isSend(message) && ++seen[0] % 10 == 0)
                .every()
                .cutBefore();
    }

    private static Design dualWrite(Site site) {
        DefaultMQProducer producer = site.producer("sender");
        EventHandler broker = event -> producer.send(
                new Message(
                        site.names().users(), "", event.eventId(), event.text().getBytes(StandardCharsets.UTF_8)),
                new SelectMessageQueueByHash(),
                event.state().userId());
        return new Design() {
            @Override
            public void save(DatabaseActor process, User user) throws Exception {
                new DualWriteUserService(process.dataSource(), event -> {
                            // Whoever is dead sends nothing.
                            if (process.isDead()) {
                                throw new ProcessDied(process.name());
                            }
                            broker.handle(event);
                        })
                        .save(user);
            }

            @Override
            public void finish() {}
        };
    }

    private static Design throughOutbox(Site site) {
        OutboxRelay relay = site.relay(site.users().process("relay"), site.producer("sender"));
        return new Design() {
            @Override
            public void save(DatabaseActor process, User user) throws Exception {
                UserService users = new UserService(process.dataSource(), () -> {});
                if (!users.change(user)) {
                    users.register(user);
                }
                relay.relay();
            }

            @Override
            public void finish() {
                site.drain(relay, "the run is over");
            }
        };
    }

    private static long differing(Site site, Replication replication) {
        // What is in the topic is applied sooner or later; what is not never is.
        Eventually.within(Site.SOON)
                .until(
                        "all that was sent is applied",
                        () -> new HashSet<>(replication.orders().charged())
                                .containsAll(site.log().stream()
                                        .map(message -> message.event().eventId())
                                        .toList()))
                .orElse(() -> new IllegalStateException("the replica does not come to rest"));
        Set<UserState> source = new HashSet<>(site.users().users());
        Set<UserState> shown = new HashSet<>(replication.orders().users());
        return source.stream().filter(state -> !shown.contains(state)).count();
    }
}
