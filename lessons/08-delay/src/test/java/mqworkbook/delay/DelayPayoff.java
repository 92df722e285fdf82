package mqworkbook.delay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.Timeouts;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.payoff.Payoff;
import mqworkbook.workbench.payoff.PayoffTable;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import mqworkbook.workbench.redis.RedisFixture;
import mqworkbook.workbench.rocketmq.RocketMqFixture;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Relay;

/** All mechanisms behind their one interface: how late, how much load while nothing is due, and what a restart leaves. */
public final class DelayPayoff implements Payoff {

    private static final int TIMEOUTS = 100;
    private static final Duration WAIT = Duration.ofMillis(2_500);
    private static final Duration SPREAD = Duration.ofMillis(15);
    private static final Duration REST = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final int LOST = 20;

    @Override
    public PayoffTable measure() throws Exception {
        Brokers.forRun().startInBackground(BrokerKind.RABBITMQ, BrokerKind.REDIS, BrokerKind.ROCKETMQ);
        List<PayoffTable.Row> rows = new ArrayList<>();
        try (InProcessBench bench = new InProcessBench()) {
            rows.add(row("in memory", bench, () -> 0));
        }
        try (DatabaseBench bench = new DatabaseBench(POLL)) {
            rows.add(row("database", bench, () -> bench.database.actor("first").calls()));
        }
        try (RedisFixture redis = RedisFixture.open(Brokers.forRun().require(BrokerKind.REDIS));
                RedisBench bench = new RedisBench(redis, redis.prefix(), POLL)) {
            rows.add(row("Redis", bench, () -> redis.commands("first")));
        }
        try (RabbitMqFixture rabbit = RabbitMqFixture.open(Brokers.forRun().require(BrokerKind.RABBITMQ))) {
            RabbitBench bench = RabbitBench.mixed(rabbit).declare();
            rows.add(row("RabbitMQ", bench, requests(bench.client("first").relay())));
        }
        try (RocketMqFixture rocketMq = RocketMqFixture.open(Brokers.forRun().require(BrokerKind.ROCKETMQ));
                RocketMqBench bench = new RocketMqBench(rocketMq)) {
            rows.add(row("RocketMQ", bench, requests(rocketMq.client("first").relay())));
        }
        return new PayoffTable(
                "Timeouts, five ways",
                List.of("late p50 ms", "late p99 ms", "requests/s at rest", "survived a restart %"),
                1,
                "ms",
                rows,
                TIMEOUTS + " timeouts, each waits for " + WAIT.toMillis()
                        + " ms; at rest, as many wait for days. Pollers look each " + POLL.toMillis()
                        + " ms; the shortest bucket is 30 ms. Restart: of the shop's processes, " + LOST
                        + " timeouts waiting.");
    }

    private static PayoffTable.Row row(String design, Bench bench, LongSupplier requests) throws Exception {
        Timeouts timeouts = bench.start("first");
        for (int i = 0; i < TIMEOUTS; i++) {
            timeouts.schedule(bench.dueIn(Bench.LONG));
        }
        // What is still to be settled is no rest.
        LockSupport.parkNanos(REST.toNanos());
        long before = requests.getAsLong();
        long began = System.nanoTime();
        LockSupport.parkNanos(REST.multipliedBy(2).toNanos());
        double load = (requests.getAsLong() - before) / ((System.nanoTime() - began) / 1e9);
        List<Timeout> all = new ArrayList<>();
        for (int i = 0; i < TIMEOUTS; i++) {
            Timeout timeout = bench.dueIn(WAIT.plus(SPREAD.multipliedBy(i)));
            timeouts.schedule(timeout);
            all.add(timeout);
        }
        await(bench, all);
        List<Double> late =
                all.stream().map(timeout -> lateness(bench, timeout)).sorted().toList();
        return new PayoffTable.Row(
                "unpaid",
                design,
                List.of(late.get(late.size() / 2), late.get(late.size() * 99 / 100), load, survived(bench, timeouts)));
    }

    /** The shop's process ends, and another one begins. */
    private static double survived(Bench bench, Timeouts timeouts) throws Exception {
        List<Timeout> waiting = new ArrayList<>();
        for (int i = 0; i < LOST; i++) {
            Timeout timeout = bench.dueIn(WAIT);
            timeouts.schedule(timeout);
            waiting.add(timeout);
        }
        timeouts.close();
        bench.kill("first");
        bench.start("second");
        bench.awaitDue(waiting.get(0));
        await(bench, waiting);
        return 100.0 * waiting.stream().filter(bench.firings::handled).count() / waiting.size();
    }

    private static void await(Bench bench, List<Timeout> timeouts) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end && !timeouts.stream().allMatch(bench.firings::handled)) {
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
    }

    private static double lateness(Bench bench, Timeout timeout) {
        List<Firings.Firing> firings = bench.firings.of(timeout);
        Instant at = firings.isEmpty() ? bench.clock.instant() : firings.get(0).at();
        return Duration.between(timeout.dueAt(), at).toNanos() / 1e6;
    }

    /** Counts what goes to the broker. */
    private static LongSupplier requests(Relay relay) {
        AtomicLong count = new AtomicLong();
        relay.on(Direction.TO_BROKER, message -> {
                    count.incrementAndGet();
                    return false;
                })
                .drop();
        return count::get;
    }
}
