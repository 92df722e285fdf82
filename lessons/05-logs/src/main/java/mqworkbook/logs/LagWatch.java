package mqworkbook.logs;

import java.util.List;
import java.util.concurrent.ExecutionException;
import mqworkbook.logs.line.BacklogAlarm;
import mqworkbook.logs.line.Lag;
import mqworkbook.logs.line.LogTopics;
import mqworkbook.workbench.judge.Todo;
import org.apache.kafka.clients.admin.Admin;

/** Looks how far the groups are behind, and tells operations. Asked every now and then, by one thread. */
public final class LagWatch {

    private final Admin admin;
    private final LogTopics topics;
    private final long limit;
    private final BacklogAlarm alarm;

    /**
     * A watch.
     *
     * @param limit how many lines a group may be behind in a partition
     */
    public LagWatch(Admin admin, LogTopics topics, long limit, BacklogAlarm alarm) {
        this.admin = admin;
        this.topics = topics;
        this.limit = limit;
        this.alarm = alarm;
    }

    /** How far a group is behind, for each partition of the topic, also when it has never committed anything. */
    public List<Lag> lags(String group) throws ExecutionException, InterruptedException {
        throw new Todo(6, "Compare what the group has committed with where each partition begins and ends.");
    }

    /** Looks at both groups; tells the alarm when a partition's lag passes the limit, and when it is within it again. */
    public void check() throws ExecutionException, InterruptedException {
        throw new Todo(6, "Look at both groups, and tell the alarm what has changed since the last look.");
    }
}
