package mqworkbook.transactions.before;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.OrderMessages;
import mqworkbook.transactions.shop.ShopNames;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.MQProducer;
import org.apache.rocketmq.remoting.exception.RemotingException;

/** The shop as it is today: it writes into the database and to the broker, one after the other. */
public final class DualWriteShop {

    private final DataSource database;
    private final MQProducer producer;
    private final ShopNames names;

    /** @param producer has been started */
    public DualWriteShop(DataSource database, MQProducer producer, ShopNames names) {
        this.database = database;
        this.producer = producer;
        this.names = names;
    }

    /** The order first: whoever dies after it leaves an order of which nobody hears. */
    public void saveThenSend(Order order) throws Exception {
        save(order);
        send(order);
    }

    /** The message first: whoever dies after it leaves a message about no order. */
    public void sendThenSave(Order order) throws Exception {
        send(order);
        save(order);
    }

    private void save(Order order) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO orders (order_id, customer_id, item, quantity, amount, status)"
                                + " VALUES (?, ?, ?, ?, ?, 'PLACED')")) {
            connection.setAutoCommit(false);
            insert.setString(1, order.orderId());
            insert.setString(2, order.customerId());
            insert.setString(3, order.item());
            insert.setInt(4, order.quantity());
            insert.setLong(5, order.amount());
            insert.executeUpdate();
            connection.commit();
        }
    }

    private void send(Order order)
            throws MQBrokerException, RemotingException, InterruptedException, MQClientException {
        producer.send(OrderMessages.placed(names, order));
    }
}
