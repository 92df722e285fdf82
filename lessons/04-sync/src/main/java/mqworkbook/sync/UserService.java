package mqworkbook.sync;

import java.sql.SQLException;
import javax.sql.DataSource;
import mqworkbook.sync.user.User;
import mqworkbook.sync.user.UserEvent;
import mqworkbook.workbench.judge.Todo;

/** Owns the users. Whatever it changes, the others are told, sooner or later: an event is in the outbox. */
public final class UserService {

    private final DataSource database;
    private final Runnable bell;

    /**
     * A user service. It never talks to the broker: that is the relay's work.
     *
     * @param bell wakes the relay, so that it need not look all the time. Rung after each change; it may do nothing at
     *     all, or throw
     */
    public UserService(DataSource database, Runnable bell) {
        this.database = database;
        this.bell = bell;
    }

    /**
     * Registers a user; also one who was removed once.
     *
     * @return false if the user is there already
     */
    public boolean register(User user) throws SQLException {
        return write(UserEvent.Type.REGISTERED, user);
    }

    /**
     * Changes name and address of a user.
     *
     * @return false if there is no such user
     */
    public boolean change(User user) throws SQLException {
        return write(UserEvent.Type.CHANGED, user);
    }

    /**
     * Removes a user.
     *
     * @return false if there is no such user
     */
    public boolean remove(String userId) throws SQLException {
        return write(UserEvent.Type.REMOVED, new User(userId, "", ""));
    }

    private boolean write(UserEvent.Type type, User user) throws SQLException {
        throw new Todo(1, "Change the user and put the event into the outbox, in one transaction; then ring the bell.");
    }
}
