package mqworkbook.async;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import mqworkbook.async.video.JdbcStatusStore;
import mqworkbook.async.video.Status;
import mqworkbook.async.video.StatusStore;
import mqworkbook.workbench.judge.Problems;
import mqworkbook.workbench.judge.Wrong;
import org.h2.jdbcx.JdbcDataSource;

/** The table of statuses in a real database, with a record of what each video has been through. */
final class Statuses implements StatusStore {

    private StatusStore table;
    private final Map<String, List<Status>> past = new HashMap<>();
    private Predicate<String> mayBeReady = videoId -> true;
    private int outages;

    @Override
    public synchronized Optional<Status> find(String videoId) {
        failIfAway();
        return table().find(videoId);
    }

    @Override
    public synchronized void put(String videoId, Status status) {
        failIfAway();
        List<Status> before = past(videoId);
        table().put(videoId, status);
        remember(videoId, before, status);
    }

    @Override
    public synchronized boolean move(String videoId, Status to, Status... from) {
        failIfAway();
        List<Status> before = past(videoId);
        boolean moved = table().move(videoId, to, from);
        if (moved) {
            remember(videoId, before, to);
        }
        return moved;
    }

    /** Says which videos have all that READY promises. */
    synchronized void readyOnlyIf(Predicate<String> complete) {
        mayBeReady = complete;
    }

    /** The next calls fail, as when the database restarts. */
    synchronized void away(int calls) {
        outages = calls;
    }

    /** Whether all the calls have failed that were to fail. */
    synchronized boolean isBack() {
        return outages == 0;
    }

    /** All statuses that a video has had, in order. */
    synchronized List<Status> past(String videoId) {
        return List.copyOf(past.getOrDefault(videoId, List.of()));
    }

    /** The present status, past every outage; empty when there is none. */
    synchronized Optional<Status> now(String videoId) {
        List<Status> all = past.get(videoId);
        return all == null ? Optional.empty() : Optional.of(all.get(all.size() - 1));
    }

    boolean isFinal(String videoId) {
        return now(videoId).filter(Status::isFinal).isPresent();
    }

    /** Opened when somebody asks: the first to-do must not wait for a database. */
    private StatusStore table() {
        if (table == null) {
            JdbcDataSource database = new JdbcDataSource();
            database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
            JdbcStatusStore store = new JdbcStatusStore(database);
            store.createTable();
            table = store;
        }
        return table;
    }

    private void failIfAway() {
        if (outages > 0) {
            outages--;
            throw new IllegalStateException("database: connection refused");
        }
    }

    /** A READY that is not true is told at once. */
    private void expectTrue(String videoId, Status status) {
        if (status == Status.READY && !mayBeReady.test(videoId)) {
            Problems.report(
                    "READY was written too early",
                    Wrong.that(videoId + " claims to be READY, and is not")
                            .seen(videoId + " went through " + past(videoId)
                                    + "; moderation has not let it pass, or renditions or thumbnails are missing")
                            .means("Everybody can watch what moderation has not seen, or sees a broken page.")
                            .suspect("READY written after the transcoding, and taken back later"));
        }
    }

    private void remember(String videoId, List<Status> before, Status status) {
        past.computeIfAbsent(videoId, absent -> new ArrayList<>()).add(status);
        expectTrue(videoId, status);
        Status last = before.isEmpty() ? status : before.get(before.size() - 1);
        if (last.isFinal() && last != status) {
            Problems.report(
                    "A final status was changed",
                    Wrong.that("The status of " + videoId + " was final, and was changed: " + last + " became "
                                    + status)
                            .seen(videoId + " went through " + past(videoId))
                            .means("The owner was told one thing, and the web site says another: a video that could be"
                                    + " watched is away again.")
                            .suspect("a status written without a look at the present one, when a job came a second"
                                    + " time or the log answered late"));
        }
    }
}
