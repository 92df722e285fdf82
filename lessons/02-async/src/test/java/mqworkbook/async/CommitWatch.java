package mqworkbook.async;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import mqworkbook.workbench.judge.Problems;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.WireEvent;
import mqworkbook.workbench.wire.WireMessage;
import mqworkbook.workbench.wire.kafka.KafkaPart;

/**
 * Looks at every commit of an offset before the broker has it: all videos below it must be done, at all times, not only
 * when somebody crashes.
 */
final class CommitWatch {

    private final Studio studio;
    private final Map<Integer, ConcurrentSkipListMap<Long, String>> log = new ConcurrentHashMap<>();
    private final Map<Integer, Long> committed = new ConcurrentHashMap<>();

    CommitWatch(Studio studio) {
        this.studio = studio;
    }

    /** The log holds this video's job there. */
    void holds(int partition, long offset, String videoId) {
        log.computeIfAbsent(partition, absent -> new ConcurrentSkipListMap<>()).put(offset, videoId);
    }

    /** The videos whose jobs are in a partition, by offset. */
    Map<Long, String> jobs(int partition) {
        return log.getOrDefault(partition, new ConcurrentSkipListMap<>());
    }

    /** The highest offset whose commit was on the wire; 0 when there was none. */
    long highest(int partition) {
        return committed.getOrDefault(partition, 0L);
    }

    void passed(WireEvent.Passage passage) {
        WireMessage message = passage.message();
        if (message.direction() == Direction.TO_BROKER && isCommit(message)) {
            KafkaPart.of(message).stream()
                    .filter(part -> part.topic().equals(studio.topics().jobs()))
                    .forEach(
                            part -> check(part.partition(), (Long) part.fields().get("offset"), passage.relay()));
        } else if (message.direction() == Direction.TO_CLIENT && message.is("Produce")) {
            KafkaPart.of(message).stream()
                    .filter(part -> part.topic().equals(studio.topics().jobs()))
                    .forEach(this::produced);
        }
    }

    /** Jobs that are not done and lie below an offset. */
    List<String> undone(int partition, long offset) {
        List<String> undone = new ArrayList<>();
        ConcurrentSkipListMap<Long, String> jobs = log.get(partition);
        if (jobs != null) {
            jobs.headMap(offset).forEach((at, videoId) -> {
                if (!studio.isDone(videoId)) {
                    undone.add(videoId + " (offset " + at + ", " + studio.describe(videoId) + ")");
                }
            });
        }
        return undone;
    }

    private boolean isCommit(WireMessage message) {
        return (message.is("OffsetCommit") || message.is("TxnOffsetCommit"))
                && message.field("group-id").equals(studio.topics().group());
    }

    private void check(int partition, long offset, String machine) {
        committed.merge(partition, offset, Math::max);
        List<String> undone = undone(partition, offset);
        if (!undone.isEmpty()) {
            Problems.report("A commit passes work that is not done", passes(partition, offset, machine, undone));
        }
    }

    static Wrong passes(int partition, long offset, String machine, List<String> undone) {
        return Wrong.that("A video was committed before the work was done")
                .seen(machine + " commits offset " + offset + " of partition " + partition + "; not done below it: "
                        + String.join(", ", undone))
                .means("If the worker dies now, nobody ever works on the video again: its owner waits for ever.")
                .suspect("a commit before the work, automatic commits with the work on other threads, a failure that is"
                        + " passed over, a record that was set aside and its video left as it is, or a later job of"
                        + " the partition that was done first");
    }

    private void produced(KafkaPart part) {
        if (part.fields().get("base-offset") instanceof Long base
                && part.fields().get("keys") instanceof List<?> keys) {
            for (int i = 0; i < keys.size(); i++) {
                holds(part.partition(), base + i, keys.get(i).toString());
            }
        }
    }
}
