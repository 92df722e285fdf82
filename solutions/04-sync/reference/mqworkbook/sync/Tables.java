package mqworkbook.sync;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * The tables of two services, each with a database of its own. Complete as it is: the columns here are an agreement with
 * others. Yours all the same: add tables and columns where you want some.
 */
public final class Tables {

    private static final String[] USER_SERVICE = {
        // A user who was removed may stay as a row with deleted = TRUE, or go.
        """
        CREATE TABLE users (
            user_id VARCHAR(64) PRIMARY KEY,
            name VARCHAR(200) NOT NULL,
            address VARCHAR(400) NOT NULL,
            version BIGINT NOT NULL,
            deleted BOOLEAN DEFAULT FALSE NOT NULL)
        """,
        // Events as text. The id is given when the row is inserted, not when it is committed.
        """
        CREATE TABLE outbox (
            id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            user_id VARCHAR(64) NOT NULL,
            event VARCHAR(2000) NOT NULL,
            sent_at TIMESTAMP)
        """,
        // One row, for whoever has to keep others out for as long as a transaction lasts.
        "CREATE TABLE relay_lock (id INT PRIMARY KEY)",
        "INSERT INTO relay_lock VALUES (1)",
        // For step 6: events whose local transaction was committed.
        "CREATE TABLE committed (event_id VARCHAR(64) PRIMARY KEY)",
    };

    private static final String[] ORDER_SERVICE = {
        // Events that have taken effect.
        "CREATE TABLE processed (event_id VARCHAR(64) PRIMARY KEY)",
        // What the order service knows of users; it shows whoever is not deleted.
        """
        CREATE TABLE replica (
            user_id VARCHAR(64) PRIMARY KEY,
            name VARCHAR(200) NOT NULL,
            address VARCHAR(400) NOT NULL,
            version BIGINT NOT NULL,
            deleted BOOLEAN DEFAULT FALSE NOT NULL)
        """,
    };

    private Tables() {}

    /** Makes the tables of the user service. */
    public static void ofUserService(DataSource database) throws SQLException {
        execute(database, USER_SERVICE);
    }

    /** Makes the tables of the order service, or of any other that keeps a replica. */
    public static void ofOrderService(DataSource database) throws SQLException {
        execute(database, ORDER_SERVICE);
    }

    private static void execute(DataSource database, String... statements) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
