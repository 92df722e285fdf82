package mqworkbook.broadcasting;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import mqworkbook.broadcasting.before.PollingNode;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.payoff.Payoff;
import mqworkbook.workbench.payoff.PayoffTable;
import mqworkbook.workbench.redis.RedisFixture;

/** How long until the last of the nodes knows: polling against broadcast, change by change in turn; and who is stale after a cut. */
public final class BroadcastingPayoff implements Payoff {

    private static final int CHANGES = 60;
    private static final int WARM_UP = 5;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration AT_REST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int[] FLEETS = {4, 16};

    @Override
    public PayoffTable measure() throws Exception {
        List<PayoffTable.Row> rows = new ArrayList<>();
        for (int nodes : FLEETS) {
            try (RedisFixture redis = RedisFixture.open(Brokers.forRun().require(BrokerKind.REDIS))) {
                measure(nodes, redis, rows);
            }
        }
        return new PayoffTable(
                "How long until every node knows of a change, and who never learns of it",
                List.of("p50 ms", "p99 ms", "commands/min at rest", "stale after a cut"),
                0,
                "ms",
                rows,
                CHANGES + " changes each way, in turn; polled every " + POLL.toMillis()
                        + " ms; nothing is published after the cut.");
    }

    private static void measure(int count, RedisFixture redis, List<PayoffTable.Row> rows) throws Exception {
        Fleet fleet = new Fleet(redis);
        String condition = count + " nodes";
        try (Polling polling = new Polling(fleet, count);
                PubSubOnly alone = new PubSubOnly(fleet, count);
                Broadcast broadcast = new Broadcast(fleet, count)) {
            List<Design> designs = List.of(polling, alone, broadcast);
            Map<Design, List<Double>> delays =
                    designs.stream().collect(Collectors.toMap(one -> one, one -> new ArrayList<>()));
            for (int i = -WARM_UP; i < CHANGES; i++) {
                for (Design design : designs) {
                    double delay = propagation(fleet, design);
                    if (i >= 0) {
                        delays.get(design).add(delay);
                    }
                }
            }
            Map<Design, Double> atRest = atRest(redis, designs);
            Map<Design, Integer> stale = staleAfterCut(fleet, designs);
            for (Design design : designs) {
                List<Double> sorted = delays.get(design).stream().sorted().toList();
                rows.add(new PayoffTable.Row(
                        condition,
                        design.words(),
                        List.of(
                                sorted.get(sorted.size() / 2),
                                sorted.get(sorted.size() * 99 / 100),
                                atRest.get(design),
                                (double) stale.get(design))));
            }
        }
    }

    private static double propagation(Fleet fleet, Design design) {
        long start = System.nanoTime();
        Change change = fleet.registry.put("flag.measured", "on " + start);
        awaitHeld(design, change);
        double millis = (System.nanoTime() - start) / 1e6;
        // Polls must not fall into step with the changes.
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(POLL.toNanos() / 4));
        return millis;
    }

    private static void awaitHeld(Design design, Change change) {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (design.stale(change) > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(50_000);
        }
    }

    private static Map<Design, Double> atRest(RedisFixture redis, List<Design> designs) {
        Map<Design, Long> before = designs.stream().collect(Collectors.toMap(one -> one, one -> commands(redis, one)));
        LockSupport.parkNanos(AT_REST.toNanos());
        return designs.stream()
                .collect(Collectors.toMap(
                        one -> one, one -> (commands(redis, one) - before.get(one)) * 60.0 / AT_REST.toSeconds()));
    }

    private static long commands(RedisFixture redis, Design design) {
        return design.actors().stream().mapToLong(redis::commands).sum();
    }

    private static Map<Design, Integer> staleAfterCut(Fleet fleet, List<Design> designs) {
        List<String> actors =
                designs.stream().flatMap(one -> one.actors().stream()).toList();
        actors.forEach(actor -> fleet.client(actor).relay().refuse());
        Change change = fleet.registry.put("flag.measured", "changed while away");
        actors.forEach(actor -> fleet.client(actor).relay().heal());
        // Ten times as long as a client takes to come back.
        LockSupport.parkNanos(AT_REST.toNanos());
        return designs.stream().collect(Collectors.toMap(one -> one, one -> one.stale(change)));
    }

    /** Nodes of one kind. */
    private interface Design extends AutoCloseable {

        String words();

        List<String> actors();

        /** How many nodes do not hold this change. */
        int stale(Change change);

        @Override
        void close();
    }

    private static List<String> names(String design, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            names.add(design + " node " + i);
        }
        return names;
    }

    private static final class Polling implements Design {

        private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2);
        private final List<PollingNode> nodes = new ArrayList<>();
        private final List<String> actors;

        Polling(Fleet fleet, int count) {
            actors = names("polling", count);
            for (String actor : actors) {
                StatefulRedisConnection<String, String> connection =
                        fleet.client(actor).lettuce().connect();
                PollingNode node = new PollingNode(() -> connection.sync().hgetall(fleet.names.values()));
                nodes.add(node);
                long offset = ThreadLocalRandom.current().nextLong(POLL.toMillis());
                timer.scheduleAtFixedRate(() -> poll(node), offset, POLL.toMillis(), TimeUnit.MILLISECONDS);
            }
        }

        private static void poll(PollingNode node) {
            try {
                node.poll();
            } catch (RuntimeException redisIsAway) {
                // The timer tries again.
            }
        }

        @Override
        public String words() {
            return "polling";
        }

        @Override
        public List<String> actors() {
            return actors;
        }

        @Override
        public int stale(Change change) {
            return (int) nodes.stream()
                    .filter(node -> !node.value(change.key())
                            .filter(change.text()::equals)
                            .isPresent())
                    .count();
        }

        @Override
        public void close() {
            timer.shutdownNow();
        }
    }

    private static final class PubSubOnly implements Design {

        private final List<LocalSettings> nodes = new ArrayList<>();
        private final List<String> actors;

        PubSubOnly(Fleet fleet, int count) {
            actors = names("pub/sub", count);
            for (String actor : actors) {
                LocalSettings settings = new LocalSettings();
                StatefulRedisPubSubConnection<String, String> connection =
                        fleet.client(actor).lettuce().connectPubSub();
                connection.addListener(new RedisPubSubAdapter<>() {
                    @Override
                    public void message(String channel, String text) {
                        settings.apply(Change.parse(text));
                    }
                });
                connection.sync().subscribe(fleet.names.changes());
                nodes.add(settings);
            }
        }

        @Override
        public String words() {
            return "pub/sub alone";
        }

        @Override
        public List<String> actors() {
            return actors;
        }

        @Override
        public int stale(Change change) {
            return (int)
                    nodes.stream().filter(node -> !Fleet.holds(node, change)).count();
        }

        @Override
        public void close() {}
    }

    private static final class Broadcast implements Design {

        private final List<ConfigNode> nodes;
        private final List<String> actors;

        Broadcast(Fleet fleet, int count) {
            actors = names("broadcast", count);
            nodes = actors.stream().map(fleet::joined).toList();
        }

        @Override
        public String words() {
            return "with re-sync";
        }

        @Override
        public List<String> actors() {
            return actors;
        }

        @Override
        public int stale(Change change) {
            return (int) nodes.stream()
                    .filter(node -> !Fleet.holds(node.settings(), change))
                    .count();
        }

        @Override
        public void close() {
            nodes.forEach(ConfigNode::close);
        }
    }
}
