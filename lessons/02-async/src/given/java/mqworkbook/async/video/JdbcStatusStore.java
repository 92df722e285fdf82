package mqworkbook.async.video;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The statuses in a database table. */
public final class JdbcStatusStore implements StatusStore {

    private final DataSource database;

    public JdbcStatusStore(DataSource database) {
        this.database = database;
    }

    /** Makes the table, if it is not there. */
    public void createTable() {
        run("CREATE TABLE IF NOT EXISTS video_status (video_id VARCHAR(100) PRIMARY KEY, status VARCHAR(20) NOT NULL)");
    }

    @Override
    public Optional<Status> find(String videoId) {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("SELECT status FROM video_status WHERE video_id = ?")) {
            query.setString(1, videoId);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() ? Optional.of(Status.valueOf(rows.getString(1))) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("The status of " + videoId + " could not be read", e);
        }
    }

    @Override
    public void put(String videoId, Status status) {
        run("MERGE INTO video_status (video_id, status) KEY (video_id) VALUES (?, ?)", videoId, status.name());
    }

    @Override
    public boolean move(String videoId, Status to, Status... from) {
        String names = Stream.of(from).map(each -> "'" + each.name() + "'").collect(Collectors.joining(", "));
        // One statement, so that two workers cannot both find the row as it was.
        return run(
                        "UPDATE video_status SET status = ? WHERE video_id = ? AND status IN (" + names + ")",
                        to.name(),
                        videoId)
                > 0;
    }

    private int run(String sql, String... arguments) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < arguments.length; i++) {
                statement.setString(i + 1, arguments[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("The status could not be written", e);
        }
    }
}
