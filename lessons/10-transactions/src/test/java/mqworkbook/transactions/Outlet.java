package mqworkbook.transactions;

import java.time.Duration;
import java.util.function.Predicate;
import javax.sql.DataSource;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.Placement;
import mqworkbook.transactions.shop.RocketMqAddress;
import mqworkbook.transactions.shop.ShopNames;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.rocketmq.RocketMqClient;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Relay;
import mqworkbook.workbench.wire.WireMessage;

/** A process of the shop on a live broker. It dies on all sides at once: database and broker. */
final class Outlet implements AutoCloseable {

    private final RocketMqClient client;
    private final DatabaseActor actor;
    private final OrderService service;

    Outlet(RocketMqClient client, ShopNames names, DataSource database, Duration patience) {
        this.client = client;
        actor = new DatabaseActor(client.actor(), database);
        actor.onDeath(client::die);
        RocketMqAddress address =
                new RocketMqAddress(client.nameServer(), client.login().orElse(null));
        service = new OrderService(address, names, actor.dataSource(), patience);
    }

    Outlet start() throws Exception {
        service.start();
        return this;
    }

    String name() {
        return client.actor();
    }

    DatabaseActor actor() {
        return actor;
    }

    Relay relay() {
        return client.relay();
    }

    Placement place(Order order) throws Exception {
        return service.place(order);
    }

    /** The same where the process may die of it; {@code null} is the answer that nobody gets. */
    Placement placeOrDie(Order order) throws Exception {
        try {
            Placement told = service.place(order);
            return actor.isDead() ? null : told;
        } catch (ProcessDied e) {
            return null;
        } catch (Exception e) {
            if (actor.isDead()) {
                return null;
            }
            throw e;
        }
    }

    boolean isDead() {
        return actor.isDead();
    }

    void die() {
        actor.die();
    }

    /** The process dies before this message arrives. */
    void dieAt(Direction direction, Predicate<WireMessage> which) {
        relay().on(direction, message -> {
                    if (actor.isDead() || !which.test(message)) {
                        return false;
                    }
                    // Cutting waits for the relay's threads, of which this is one.
                    Beside.run(() -> {
                        actor.die();
                        return null;
                    });
                    return true;
                })
                .every()
                .drop();
    }

    @Override
    public void close() {
        service.close();
    }
}
