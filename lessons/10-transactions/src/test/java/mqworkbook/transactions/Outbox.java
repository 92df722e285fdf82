package mqworkbook.transactions;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import mqworkbook.transactions.shop.Order;
import mqworkbook.transactions.shop.OrderMessages;
import mqworkbook.transactions.shop.ShopNames;
import org.apache.rocketmq.client.producer.MQProducer;

/** The way of lesson 04, as short as it can be: the message is a row beside the order, and a relay sends it. */
final class Outbox {

    private final DataSource database;
    private final MQProducer producer;
    private final ShopNames names;

    Outbox(DataSource database, MQProducer producer, ShopNames names) throws SQLException {
        this.database = database;
        this.producer = producer;
        this.names = names;
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE outbox (id BIGINT AUTO_INCREMENT PRIMARY KEY, body VARBINARY(1000) NOT NULL,"
                            + " sent BOOLEAN DEFAULT FALSE NOT NULL)");
        }
    }

    void place(Order order) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO orders (order_id, customer_id, item, quantity, amount, status)"
                            + " VALUES (?, ?, ?, ?, ?, 'PLACED')")) {
                insert.setString(1, order.orderId());
                insert.setString(2, order.customerId());
                insert.setString(3, order.item());
                insert.setInt(4, order.quantity());
                insert.setLong(5, order.amount());
                insert.executeUpdate();
            }
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO outbox (body) VALUES (?)")) {
                insert.setBytes(1, OrderMessages.body(order));
                insert.executeUpdate();
            }
            connection.commit();
        }
    }

    /** Sends what has not been sent. */
    void relay() throws Exception {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("SELECT id, body FROM outbox WHERE NOT sent ORDER BY id");
                PreparedStatement mark = connection.prepareStatement("UPDATE outbox SET sent = TRUE WHERE id = ?");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                producer.send(OrderMessages.placed(names, OrderMessages.read(rows.getBytes(2))));
                mark.setLong(1, rows.getLong(1));
                mark.executeUpdate();
            }
        }
    }
}
