package mqworkbook.logs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import mqworkbook.logs.line.LogSearch;
import mqworkbook.workbench.judge.Problems;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.WireEvent;
import mqworkbook.workbench.wire.WireMessage;
import mqworkbook.workbench.wire.kafka.KafkaPart;

/**
 * Looks at every commit of the index's group before the broker has it: all lines below it must be in the index, durably, at
 * all times, not only when somebody crashes.
 */
final class IndexWatch {

    private final Site site;
    private final Disk disk;

    IndexWatch(Site site, Disk disk) {
        this.site = site;
        this.disk = disk;
        site.kafka().watch(this::passed);
    }

    private void passed(WireEvent.Passage passage) {
        WireMessage message = passage.message();
        if (message.direction() == Direction.TO_BROKER
                && message.is("OffsetCommit")
                && !passage.relay().equals(Rebuilding.NAME)
                && message.field("group-id").equals(site.topics().indexGroup())) {
            KafkaPart.of(message).stream()
                    .filter(part -> part.topic().equals(site.topics().lines()))
                    .forEach(
                            part -> check(part.partition(), (Long) part.fields().get("offset"), passage.relay()));
        }
    }

    private void check(int partition, long offset, String machine) {
        List<String> missing = missing(partition, offset);
        if (!missing.isEmpty()) {
            Problems.report(
                    "A commit passes lines that are not in the index", passes(partition, offset, machine, missing));
        }
    }

    /** Lines of the log that lie below an offset, and are not in the index. */
    List<String> missing(int partition, long offset) {
        Set<Long> durable = disk.lines().stream()
                .filter(hit -> hit.partition() == partition)
                .map(LogSearch.Hit::offset)
                .collect(Collectors.toSet());
        List<String> missing = new ArrayList<>();
        site.known(partition).headMap(offset).forEach((at, line) -> {
            if (!durable.contains(at)) {
                missing.add(Lines.name(line) + " (offset " + at + ")");
            }
        });
        return missing;
    }

    static Wrong passes(int partition, long offset, String machine, List<String> missing) {
        String some = String.join(", ", missing.subList(0, Math.min(6, missing.size())));
        return Wrong.that("Lines were committed that are not in the index, durably")
                .seen(machine + " commits offset " + offset + " of partition " + partition + "; " + missing.size()
                        + " lines below it are not in any commit of the index: " + some)
                .means(
                        "If the indexer dies now, nobody ever indexes them: they are in the log, and no search finds them.")
                .suspect("offsets before the index; automatic commits; flush() or addDocument() taken for durable: only"
                        + " IndexWriter.commit() is; a failure of the index that is passed over; or two lines with one"
                        + " id, because they are alike, or have the same offset in two partitions");
    }
}
