package mqworkbook.decoupling;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import mqworkbook.decoupling.before.DirectOrderService;
import mqworkbook.decoupling.before.Downstream;
import mqworkbook.decoupling.shop.Order;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.payoff.Payoff;
import mqworkbook.workbench.payoff.PayoffTable;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;

/** How long a customer waits, and how often in vain: direct calls against the queue, order by order in turn. */
public final class DecouplingPayoff implements Payoff {

    private static final int ORDERS = 100;
    private static final int WARM_UP = 20;
    private static final Duration WORK = Duration.ofMillis(5);
    private static final Duration SLOW = Duration.ofMillis(80);

    private enum Email {
        HEALTHY("all healthy"),
        SLOW("e-mail slow"),
        DOWN("e-mail down");

        private final String words;

        Email(String words) {
            this.words = words;
        }
    }

    @Override
    public PayoffTable measure() throws Exception {
        List<PayoffTable.Row> rows = new ArrayList<>();
        for (Email email : Email.values()) {
            try (RabbitMqFixture rabbit = RabbitMqFixture.open(Brokers.forRun().require(BrokerKind.RABBITMQ))) {
                measure(email, rabbit, rows);
            }
        }
        return new PayoffTable(
                "How long a customer waits for an order, in ms",
                List.of("p50", "p99", "success %"),
                0,
                "ms",
                rows,
                ORDERS + " orders each way, in turn; a healthy downstream works " + WORK.toMillis() + " ms, a slow one "
                        + SLOW.toMillis() + " ms.");
    }

    private static void measure(Email email, RabbitMqFixture rabbit, List<PayoffTable.Row> rows) throws Exception {
        DirectOrderService direct = new DirectOrderService(
                order -> {}, order -> work(WORK), order -> work(WORK), mail(email), order -> work(WORK));
        Shop shop = new Shop(rabbit);
        TestSubscriber[] subscribers = {
            shop.subscriber("inventory", "order.*").workingFor(() -> work(WORK)),
            shop.subscriber("points", OrderEvent.PLACED).workingFor(() -> work(WORK)),
            shop.subscriber("email", OrderEvent.PLACED)
                    .failingOn(event -> email == Email.DOWN)
                    .workingFor(() -> work(email == Email.SLOW ? SLOW : WORK)),
            shop.subscriber("analytics", "order.#").workingFor(() -> work(WORK))
        };
        shop.declare(subscribers);
        for (TestSubscriber subscriber : subscribers) {
            shop.run(subscriber);
        }
        OrderService queued = new OrderService(shop.store, shop.publisher(), Clock.systemUTC());
        Sample before = new Sample();
        Sample after = new Sample();
        for (int i = -WARM_UP; i < ORDERS; i++) {
            if (i == 0) {
                before = new Sample();
                after = new Sample();
            }
            Order order = Shop.order();
            before.time(() -> direct.place(order));
            after.time(() -> queued.place(order));
        }
        rows.add(before.row(email.words, "direct calls"));
        rows.add(after.row(email.words, "through the queue"));
    }

    private static Downstream mail(Email email) {
        return switch (email) {
            case HEALTHY -> order -> work(WORK);
            case SLOW -> order -> work(SLOW);
            case DOWN ->
                order -> {
                    throw new IllegalStateException("mail server: connection refused");
                };
        };
    }

    private static void work(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }

    /** Latencies and failures of one design. */
    private static final class Sample {

        private final List<Double> millis = new ArrayList<>();
        private int failures;

        void time(Runnable order) {
            long start = System.nanoTime();
            try {
                order.run();
            } catch (RuntimeException e) {
                failures++;
            }
            millis.add((System.nanoTime() - start) / 1e6);
        }

        PayoffTable.Row row(String condition, String design) {
            List<Double> sorted = millis.stream().sorted().toList();
            double success = 100.0 * (sorted.size() - failures) / sorted.size();
            return new PayoffTable.Row(
                    condition, design, List.of(percentile(sorted, 50), percentile(sorted, 99), success));
        }

        private static double percentile(List<Double> sorted, int percent) {
            return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
        }
    }
}
