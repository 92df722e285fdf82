package mqworkbook.transactions;

import mqworkbook.transactions.shop.RocketMqAddress;
import mqworkbook.transactions.shop.ShopNames;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.rocketmq.RocketMqClient;

/** A process of the shop's back office on a live broker: it hears of refusals. It dies on all sides at once. */
final class Back implements AutoCloseable {

    private final DatabaseActor actor;
    private final CancellationService service;

    Back(RocketMqClient client, ShopNames names, ShopDatabase database) {
        actor = new DatabaseActor(client.actor(), database.dataSource());
        actor.onDeath(client::die);
        service = new CancellationService(
                new RocketMqAddress(client.nameServer(), client.login().orElse(null)), names, actor.dataSource());
    }

    Back start() throws Exception {
        service.start();
        return this;
    }

    DatabaseActor actor() {
        return actor;
    }

    @Override
    public void close() {
        service.close();
    }
}
