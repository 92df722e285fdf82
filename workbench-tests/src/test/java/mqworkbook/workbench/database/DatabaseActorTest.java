package mqworkbook.workbench.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.ProcessDied;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@link DatabaseActor} and {@link CallMoment} on a real database. */
class DatabaseActorTest {

    private final JdbcDataSource h2 = new JdbcDataSource();
    private final DatabaseActor actor = new DatabaseActor("shop", h2);
    private Connection kept;

    @BeforeEach
    void open() throws SQLException {
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        kept = h2.getConnection();
        try (Statement statement = kept.createStatement()) {
            statement.execute("CREATE TABLE t (id INT PRIMARY KEY)");
        }
    }

    @AfterEach
    void close() throws SQLException {
        kept.close();
    }

    @Test
    void nothingBefallsWhoIsNotDisturbed() throws SQLException {
        insertTwo();
        assertThat(rows()).isEqualTo(2);
        assertThat(actor.calls()).isEqualTo(3);
        assertThat(actor.openConnections()).isZero();
    }

    @Test
    void whoDiesInTheMiddleHasDoneNothing() throws SQLException {
        for (int n = 1; n <= 3; n++) {
            DatabaseActor dying = new DatabaseActor("shop", h2);
            CallMoment moment = CallMoment.dieBefore(dying, n);
            assertThatThrownBy(() -> insertTwo(dying)).isInstanceOf(ProcessDied.class);
            assertThat(moment.hasCome()).isTrue();
            assertThat(rows()).isZero();
            assertThatThrownBy(() -> insertTwo(dying)).isInstanceOf(ProcessDied.class);
        }
    }

    @Test
    void whoDiesAfterTheCommitHasDoneAll() throws SQLException {
        CallMoment.dieAfter(actor, DatabaseCall::commits, 1);
        assertThatThrownBy(this::insertTwo).isInstanceOf(ProcessDied.class);
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void aCallThatFailsHasNoEffectUnlessItsAnswerWasLost() throws SQLException {
        CallMoment.failBefore(actor, call -> call.begins("insert"), 2);
        assertThatThrownBy(this::insertTwo).isInstanceOf(SQLException.class);
        assertThat(rows()).isZero();
        CallMoment.failAfter(actor, DatabaseCall::commits, 1);
        assertThatThrownBy(this::insertTwo).isInstanceOf(SQLException.class);
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void aCallWaitsUntilItIsReleased() throws Exception {
        CallMoment moment = CallMoment.holdBefore(actor, DatabaseCall::commits, 1);
        CompletableFuture<Void> inserting = Beside.run(() -> {
            insertTwo();
            return null;
        });
        await().until(moment::hasCome);
        assertThat(rows()).isZero();
        moment.release();
        inserting.get();
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void whoIsHeldMayDieMeanwhile() throws SQLException {
        CallMoment moment = CallMoment.holdBefore(actor, 2);
        CompletableFuture<Void> inserting = Beside.run(() -> {
            insertTwo();
            return null;
        });
        await().until(moment::hasCome);
        actor.die();
        assertThatThrownBy(inserting::get).hasCauseInstanceOf(ProcessDied.class);
        assertThat(rows()).isZero();
    }

    @Test
    void whatElseEndsHasEndedWhenTheProcessNotices() {
        AtomicBoolean ended = new AtomicBoolean();
        actor.onDeath(() -> ended.set(true));
        CallMoment.dieBefore(actor, 1);
        assertThatThrownBy(this::insertTwo).isInstanceOf(ProcessDied.class);
        assertThat(ended).isTrue();
    }

    @Test
    void whoClosesWhileTheProcessDiesLeavesNoLock() throws SQLException {
        Connection connection = actor.dataSource().getConnection();
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO t VALUES (1)");
        }
        // Another thread of it sees the death before its connections are ended.
        actor.onDeath(() -> assertThatCode(connection::close).doesNotThrowAnyException());
        actor.die();
        assertThat(actor.openConnections()).isZero();
        insertTwo(new DatabaseActor("shop, restarted", h2));
        assertThat(rows()).isEqualTo(2);
    }

    @Test
    void aStatementOfItsOwnCommits() throws SQLException {
        CallMoment.dieBefore(actor, DatabaseCall::commits, 2);
        try (Connection connection = actor.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO t VALUES (1)");
            assertThatThrownBy(() -> statement.execute("INSERT INTO t VALUES (2)"))
                    .isInstanceOf(ProcessDied.class);
        }
        assertThat(rows()).isOne();
    }

    private void insertTwo() throws SQLException {
        insertTwo(actor);
    }

    private static void insertTwo(DatabaseActor by) throws SQLException {
        try (Connection connection = by.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            for (int id = 1; id <= 2; id++) {
                try (PreparedStatement insert = connection.prepareStatement("INSERT INTO t VALUES (?)")) {
                    insert.setInt(1, id);
                    insert.executeUpdate();
                }
            }
            connection.commit();
        }
    }

    private int rows() throws SQLException {
        try (Statement statement = kept.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM t")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
