package mqworkbook.transactions;

import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.database.DatabaseCall;

/** A process of the shop without a broker: a listener, and a way to the database that can be disturbed. */
final class ShopProcess {

    private final DatabaseActor actor;
    private final OrderListener listener;

    ShopProcess(String name, DataSource database, Clock clock, Duration patience) {
        actor = new DatabaseActor(name, database);
        listener = new OrderListener(actor.dataSource(), clock, patience);
    }

    /** A commit, or a write that is a transaction of its own. */
    static boolean isCommit(DatabaseCall call) {
        return call.commits() && !call.begins("select");
    }

    String name() {
        return actor.name();
    }

    DatabaseActor actor() {
        return actor;
    }

    OrderListener listener() {
        return listener;
    }

    boolean isDead() {
        return actor.isDead();
    }
}
