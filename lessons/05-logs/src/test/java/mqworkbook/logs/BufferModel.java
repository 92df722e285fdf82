package mqworkbook.logs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mqworkbook.logs.line.LogLine;
import mqworkbook.workbench.judge.Wrong;

/** A buffer next to what must be in it. */
final class BufferModel {

    private final int capacity;
    private final LineBuffer buffer;
    private final List<LogLine> waiting = new ArrayList<>();
    private int refused;

    BufferModel(int capacity) {
        this.capacity = capacity;
        this.buffer = new LineBuffer(capacity);
    }

    int refused() {
        return refused;
    }

    List<LogLine> waiting() {
        return List.copyOf(waiting);
    }

    void offerAll(List<LogLine> lines) {
        lines.forEach(this::offer);
    }

    /** Offers a line, and looks whether one of the lowest level has given way if there was no room. */
    Optional<LogLine> offer(LogLine line) {
        boolean full = waiting.size() == capacity;
        Optional<LogLine> gaveWay = buffer.offer(line);
        waiting.add(line);
        if (full && gaveWay.isEmpty()) {
            throw Wrong.that("The buffer is full, and no line has given way")
                    .seen("room for " + capacity + ", " + capacity + " waiting, and offer(" + Lines.name(line)
                            + ") returned nothing; size() is " + buffer.size())
                    .means(
                            "The broker is away for ten minutes, and the application dies of its own log: out of memory.")
                    .suspect("a queue without a bound, or a line that is left out and not told: a silent drop");
        }
        if (!full && gaveWay.isPresent()) {
            throw Wrong.that("A line was refused, and there was room")
                    .seen("room for " + capacity + ", " + (waiting.size() - 1) + " waiting, and offer("
                            + Lines.name(line) + ") refused " + Lines.name(gaveWay.get()));
        }
        gaveWay.ifPresent(lost -> checkLowest(line, lost));
        expectSize();
        return gaveWay;
    }

    private void checkLowest(LogLine offered, LogLine lost) {
        refused++;
        waiting.stream()
                .filter(other -> other.level().compareTo(lost.level()) < 0)
                .findFirst()
                .ifPresent(lower -> {
                    throw Wrong.that(lost.level() + " was refused while " + lower.level() + " waits in the same buffer")
                            .seen("the buffer is full; offer(" + Lines.name(offered) + ") gave up " + Lines.name(lost)
                                    + ", and " + Lines.name(lower) + " keeps its place")
                            .means("What explains the outage is thrown away to keep what nobody ever reads.")
                            .suspect("the newest or the oldest line gives way, whatever its level; or only one level is"
                                    + " looked at");
                });
        if (!waiting.remove(lost)) {
            throw Wrong.that("A line was refused that was not in the buffer")
                    .seen("offer(" + Lines.name(offered) + ") returned " + Lines.name(lost) + "; waiting: "
                            + Lines.names(waiting))
                    .means("The counts are wrong from here on: a line is counted as dropped, and another is gone.");
        }
    }

    /** Takes lines, and looks whether they are the oldest. */
    void take(int most) throws InterruptedException {
        List<LogLine> expected = List.copyOf(waiting.subList(0, Math.min(most, waiting.size())));
        List<LogLine> taken = buffer.take(most, Duration.ZERO);
        if (taken.size() > most) {
            throw Wrong.that("More lines were taken than were asked for")
                    .seen("take(" + most + ") returned " + taken.size());
        }
        // Fewer than there are is legal, as long as it is not none.
        boolean oldestFirst = taken.size() <= expected.size()
                && taken.equals(expected.subList(0, taken.size()))
                && taken.isEmpty() == expected.isEmpty();
        if (!oldestFirst) {
            throw Wrong.that("Lines do not come out in the order in which they came in")
                    .seen("take(" + most + ") returned " + Lines.names(taken) + "; the oldest that wait are "
                            + Lines.names(expected))
                    .means(
                            "The cause is in the log after its consequences; whoever reads it draws the wrong conclusion.")
                    .suspect("a queue by level: what matters more may stay longer, but does not overtake; or two lines"
                            + " that are alike taken for one");
        }
        waiting.subList(0, taken.size()).clear();
        expectSize();
    }

    void takeAll() throws InterruptedException {
        while (!waiting.isEmpty()) {
            take(waiting.size());
        }
        take(1);
    }

    private void expectSize() {
        if (buffer.size() != waiting.size()) {
            throw Wrong.that("size() does not tell how many lines wait")
                    .seen("size() is " + buffer.size() + ", and " + waiting.size() + " wait: " + Lines.names(waiting));
        }
    }
}
