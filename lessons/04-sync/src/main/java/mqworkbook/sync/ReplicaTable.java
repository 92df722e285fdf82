package mqworkbook.sync;

import java.sql.Connection;
import java.sql.SQLException;
import mqworkbook.sync.user.UserState;
import mqworkbook.workbench.judge.Todo;

/** The table {@code replica}: of each user the newest state that was ever put in. */
public final class ReplicaTable {

    /**
     * Puts a state in, unless there is a newer one of this user. States come in any order, also from several
     * transactions at the same time. One that is too old is no failure.
     *
     * @return whether it was put in
     */
    public boolean put(Connection connection, UserState state) throws SQLException {
        throw new Todo(4, "Keep the newer of two states, also when one of them says that the user is gone.");
    }
}
