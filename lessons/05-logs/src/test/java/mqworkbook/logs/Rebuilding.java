package mqworkbook.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mqworkbook.logs.line.LogSearch;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import org.apache.kafka.common.TopicPartition;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;

/** The learner's rebuild, on a machine of its own, into a new index. */
final class Rebuilding {

    static final String NAME = "rebuild";

    private final Center center;
    private final Directory target = new ByteBuffersDirectory();
    private final Thread thread;

    Rebuilding(Center center) {
        this.center = center;
        Map<String, Object> kafka = new HashMap<>(
                center.machine(NAME, center.site().topics().indexGroup()).consumerSettings());
        IndexRebuild rebuild = new IndexRebuild(kafka, center.site().topics());
        this.thread = new Thread(() -> run(rebuild), "rebuild");
        thread.setDaemon(true);
    }

    private void run(IndexRebuild rebuild) {
        try {
            rebuild.run(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Rebuilding start() {
        thread.start();
        return this;
    }

    boolean isDone() {
        return !thread.isAlive();
    }

    /** Waits until the rebuild has returned. */
    Rebuilding expectDone(String why) {
        Eventually.within(Site.SOON)
                .until("the index is rebuilt", this::isDone)
                .orElse(() -> Wrong.that("A rebuild does not come to an end")
                        .seen(why + "; " + Site.SOON.toSeconds() + " s after the begin it has not returned; the log"
                                + " ends at "
                                + center.site().ends())
                        .means("Nobody dares to switch over to the new index.")
                        .suspect("it waits for a poll without lines, and lines come all the time; or for the line with"
                                + " the last offset, and that offset is none of a line: the end of a transaction"));
        return this;
    }

    /** Watches that it does not end, because it cannot have read everything. */
    void expectNotDone(Duration during, String why) {
        Eventually.never(
                "the rebuild is not done",
                during,
                this::isDone,
                () -> Wrong.that("A rebuild has ended before the end of the log")
                        .seen(why + "; it has returned, with " + lines().size() + " lines in the new index")
                        .means("The new index is switched to, and the last hours are missing.")
                        .suspect("a poll without lines is taken for the end of the log"));
    }

    List<LogSearch.Hit> lines() {
        try {
            return LogSearch.all(target);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The new index holds what the other one holds, document by document. */
    void expectSameAs(List<LogSearch.Hit> index) {
        List<LogSearch.Hit> missing = new ArrayList<>(index);
        lines().forEach(missing::remove);
        List<LogSearch.Hit> more = new ArrayList<>(lines());
        index.forEach(more::remove);
        if (!missing.isEmpty() || !more.isEmpty()) {
            throw Wrong.that("The index that was made anew is not the one that is in use")
                    .seen(index.size() + " documents in use, " + lines().size() + " in the new one; missing: "
                            + names(missing) + "; only in the new one: " + names(more))
                    .means("Nobody can trust either of them.")
                    .suspect("a begin that is not the first line, or a document made in another way than the indexer"
                            + " makes it");
        }
    }

    private static String names(List<LogSearch.Hit> hits) {
        return hits.stream()
                .limit(4)
                .map(hit -> Lines.name(hit.line()) + " (id " + hit.id() + ")")
                .toList()
                .toString();
    }

    /** The index's group is where it was. */
    static void expectUntouched(Center center, Map<TopicPartition, Long> committed) {
        String group = center.site().topics().indexGroup();
        Map<TopicPartition, Long> now = center.site().kafka().topics().committed(group);
        if (!now.equals(committed)) {
            throw Wrong.that("A rebuild has moved the offsets of the index's group")
                    .seen(center.site().name(group) + " had committed " + Site.byPartition(committed) + " before, and "
                            + Site.byPartition(now) + " after")
                    .means("The indexer that is in use goes on somewhere else: lines are missing, or all come again.")
                    .suspect("the rebuild reads as a member of the group, or commits in its name");
        }
    }
}
