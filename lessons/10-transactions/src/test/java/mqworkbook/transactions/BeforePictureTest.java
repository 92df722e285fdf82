package mqworkbook.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import mqworkbook.transactions.before.DualWriteShop;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.ShopNames;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.brokers.NeedsBrokers;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.rocketmq.RocketMqClient;
import mqworkbook.workbench.rocketmq.RocketMqFixture;
import mqworkbook.workbench.rocketmq.Shutdown;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What hurts without transactions. These tests pass: they describe the problem. */
@DisplayName("Before: an order in the database, and a message at the broker, one after the other")
@NeedsBrokers(BrokerKind.ROCKETMQ)
class BeforePictureTest {

    private final RocketMqFixture rocket = RocketMqFixture.open(Brokers.forRun().require(BrokerKind.ROCKETMQ));
    private final ShopNames names = ShopNames.of(rocket.prefix());
    private final RocketMqClient client = rocket.client("shop");
    private DefaultMQProducer producer;
    private ShopDatabase database;
    private DatabaseActor process;
    private DualWriteShop shop;

    @BeforeEach
    void open() throws Exception {
        rocket.topics().create(names.orders(), 1);
        producer = Warehouse.producer(client, names);
        database = ShopDatabase.bare();
        process = new DatabaseActor("shop", database.dataSource());
        process.onDeath(client::die);
        shop = new DualWriteShop(process.dataSource(), producer, names);
    }

    @AfterEach
    void close() {
        Shutdown.behind(producer::shutdown);
        rocket.close();
    }

    @Test
    @DisplayName("as long as nobody dies, all is well")
    void well() throws Exception {
        Order order = database.order();
        shop.saveThenSend(order);
        assertThat(database.isPlaced(order.orderId())).isTrue();
        expectMessage();
    }

    @Test
    @DisplayName("order first: whoever dies after it leaves an order of which nobody hears")
    void orderWithoutMessage() {
        Order order = database.order();
        CallMoment.dieAfter(process, ShopProcess::isCommit, 1);
        assertThatThrownBy(() -> shop.saveThenSend(order)).isInstanceOf(ProcessDied.class);
        assertThat(database.isPlaced(order.orderId())).isTrue();
        assertThat(messages()).isZero();
    }

    @Test
    @DisplayName("message first: whoever dies after it leaves a message about no order")
    void messageWithoutOrder() {
        Order order = database.order();
        CallMoment.dieBefore(process, 1);
        assertThatThrownBy(() -> shop.sendThenSave(order)).isInstanceOf(ProcessDied.class);
        assertThat(database.isPlaced(order.orderId())).isFalse();
        expectMessage();
    }

    /** What is sent can be read a moment later. */
    private void expectMessage() {
        Eventually.within(Shop.SOON)
                .until("one message", () -> messages() == 1)
                .orElse(() -> new AssertionError(messages() + " messages"));
    }

    private int messages() {
        return rocket.topics().read(names.orders()).size();
    }
}
