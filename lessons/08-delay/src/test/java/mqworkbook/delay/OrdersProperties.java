package mqworkbook.delay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mqworkbook.delay.order.Timeout;
import mqworkbook.delay.order.Timeouts;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

class OrdersProperties {

    enum Payment {
        NEVER,
        BEFORE,
        /** In the millisecond of the deadline. */
        AT_THE_DEADLINE,
        /** When the order is cancelled. */
        TOO_LATE
    }

    /** What happens to an order. */
    record Plan(int delayMillis, Payment payment, boolean scheduledTwice) {}

    private static final Map<String, Instant> CANCELLED_AT = new ConcurrentHashMap<>();

    private static RabbitMqFixture rabbit;
    private static RabbitBench bench;
    private static Shop shop;
    private static Timeouts timeouts;

    @BeforeContainer
    static void open() throws Exception {
        rabbit = RabbitMqFixture.open(Brokers.forRun().require(BrokerKind.RABBITMQ));
        bench = RabbitBench.mixed(rabbit).declare();
        shop = new Shop();
        timeouts = bench.start("first", OrdersProperties::expire);
        bench.start("second", OrdersProperties::expire);
    }

    @AfterContainer
    static void close() {
        rabbit.close();
        shop.close();
    }

    private static void expire(Timeout timeout) throws Exception {
        if (shop.book("timeouts").expire(timeout.orderId(), bench.clock.instant())) {
            CANCELLED_AT.put(timeout.orderId(), bench.clock.instant());
        }
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("an order is cancelled if and only if it is unpaid at its deadline: never early, soon after it, and once")
    void orders(@ForAll("plans") List<Plan> plans) throws Exception {
        List<Timeout> orders = new ArrayList<>();
        List<CompletableFuture<Boolean>> payments = new ArrayList<>();
        for (Plan plan : plans) {
            Statistics.label("payment").collect(plan.payment());
            Timeout order = shop.order(bench.clock.instant().plusMillis(plan.delayMillis()));
            orders.add(order);
            if (plan.payment() == Payment.BEFORE) {
                shop.book("payments").pay(order.orderId(), "P-1");
            }
            payments.add(plan.payment() == Payment.AT_THE_DEADLINE ? Beside.run(() -> payAtDeadline(order)) : null);
            timeouts.schedule(order);
            if (plan.scheduledTwice()) {
                timeouts.schedule(order);
            }
        }
        for (int i = 0; i < plans.size(); i++) {
            bench.expectHandled(orders.get(i));
        }
        for (int i = 0; i < plans.size(); i++) {
            expect(orders.get(i), plans.get(i), payments.get(i));
        }
        Statistics.label("payment").coverage(coverage -> {
            for (Payment payment : Payment.values()) {
                coverage.check(payment).percentage(share -> share > 2);
            }
        });
    }

    private static boolean payAtDeadline(Timeout order) throws Exception {
        long left = Duration.between(bench.clock.instant(), order.dueAt()).toMillis();
        // Nobody counts this down: it is a wait for a point in time.
        new CountDownLatch(1).await(Math.max(0, left), TimeUnit.MILLISECONDS);
        return shop.book("payments").pay(order.orderId(), "P-1");
    }

    private static void expect(Timeout order, Plan plan, CompletableFuture<Boolean> payment) throws Exception {
        boolean paid = switch (plan.payment()) {
            case NEVER -> false;
            case BEFORE -> true;
            case AT_THE_DEADLINE ->
                Beside.result(payment, Bench.SOON, () -> Wrong.that("A payment does not come back"));
            case TOO_LATE -> shop.book("payments").pay(order.orderId(), "P-1");
        };
        shop.expect(
                order,
                paid ? "PAID" : "CANCELLED",
                paid
                        ? "An order is cancelled that was paid"
                        : "An order that was not paid at its deadline is not cancelled",
                plan.toString());
        Instant cancelledAt = CANCELLED_AT.get(order.orderId());
        if (cancelledAt != null && cancelledAt.isBefore(order.dueAt())) {
            throw Wrong.that("An order is cancelled before its deadline").seen(plan + ": " + shop.told(order));
        }
    }

    @Provide
    Arbitrary<List<Plan>> plans() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 180),
                        Arbitraries.of(Payment.class),
                        Arbitraries.of(true, false, false))
                .as(Plan::new)
                .list()
                .ofMinSize(3)
                .ofMaxSize(7);
    }
}
