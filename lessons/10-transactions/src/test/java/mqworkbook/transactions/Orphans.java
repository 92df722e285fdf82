package mqworkbook.transactions;

import static mqworkbook.workbench.wire.Direction.TO_BROKER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import mqworkbook.transactions.before.DualWriteShop;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.ShopNames;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.payoff.PayoffTable;
import mqworkbook.workbench.rocketmq.RocketMqClient;
import org.apache.rocketmq.client.producer.DefaultMQProducer;

/** What is left when processes die: orders of which nobody hears, and messages about no order. */
final class Orphans {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Shop shop;

    Orphans(Shop shop) {
        this.shop = shop;
    }

    List<PayoffTable.Row> measure() throws Exception {
        return List.of(
                row("order, then message", dual(true)),
                row("message, then order", dual(false)),
                row("transactional message", transactional()));
    }

    private List<Order> dual(boolean orderFirst) throws Exception {
        List<Order> orders = new ArrayList<>();
        for (int death = 0; death < TransactionsPayoff.DEATHS; death++) {
            ShopNames names = shop.names();
            RocketMqClient client = shop.client("dual " + orderFirst + death);
            DefaultMQProducer producer = Warehouse.producer(client, names);
            DatabaseActor process = new DatabaseActor("shop", shop.database().dataSource());
            process.onDeath(client::die);
            DualWriteShop dual = new DualWriteShop(process.dataSource(), producer, names);
            Order order = shop.database().order();
            orders.add(order);
            if (death % 2 == 0) {
                CallMoment.dieAfter(process, ShopProcess::isCommit, 1);
            } else {
                CallMoment.dieBefore(process, ShopProcess::isCommit, 1);
            }
            try {
                if (orderFirst) {
                    dual.saveThenSend(order);
                } else {
                    dual.sendThenSave(order);
                }
            } catch (ProcessDied died) {
                // As planned.
            }
        }
        return orders;
    }

    private List<Order> transactional() throws Exception {
        ShopNames names = shop.names();
        List<Order> orders = new ArrayList<>();
        for (int death = 0; death < TransactionsPayoff.DEATHS; death++) {
            Outlet outlet = shop.outlet("dying", names, PATIENCE).start();
            Order order = shop.database().order();
            orders.add(order);
            switch (death % 3) {
                case 0 -> CallMoment.dieAfter(outlet.actor(), ShopProcess::isCommit, 1);
                case 1 -> CallMoment.dieBefore(outlet.actor(), ShopProcess::isCommit, 1);
                default -> outlet.dieAt(TO_BROKER, Endings::isUnasked);
            }
            outlet.placeOrDie(order);
        }
        shop.outlet("restarted", names, PATIENCE).start();
        long giveUp = System.nanoTime() + LONGEST.toNanos();
        while (orders.stream().anyMatch(this::isUndecided) && System.nanoTime() < giveUp) {
            LockSupport.parkNanos(20_000_000);
        }
        return orders;
    }

    private boolean isUndecided(Order order) {
        return shop.database().isPlaced(order.orderId())
                ? shop.delivered(order.orderId()).isEmpty()
                : !shop.endings().has(order.orderId(), "ROLLBACK");
    }

    private PayoffTable.Row row(String design, List<Order> orders) {
        double rows = 0;
        double messages = 0;
        for (Order order : orders) {
            boolean placed = shop.database().isPlaced(order.orderId());
            boolean told = !shop.delivered(order.orderId()).isEmpty();
            rows += placed && !told ? 1 : 0;
            messages += told && !placed ? 1 : 0;
        }
        return new PayoffTable.Row(
                TransactionsPayoff.DEATHS + " die", design, List.of(rows, messages, Double.NaN, Double.NaN));
    }
}
