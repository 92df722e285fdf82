package mqworkbook.logs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import mqworkbook.logs.line.Level;
import mqworkbook.logs.line.LogLine;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.Wrong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

abstract class Step1Buffer {

    private static final Duration SOON = Duration.ofSeconds(5);

    @Test
    @Order(1)
    @DisplayName("lines come out in the order in which they came in, whatever their level")
    void inOrder() throws InterruptedException {
        BufferModel model = new BufferModel(10);
        model.take(5);
        for (Level level : List.of(Level.INFO, Level.DEBUG, Level.ERROR, Level.INFO, Level.WARN, Level.ERROR)) {
            model.offer(Lines.line("A-1", level));
        }
        // Two lines that are alike are two lines.
        LogLine twin = Lines.line("A-1", Level.WARN);
        model.offerAll(List.of(twin, twin));
        model.take(4);
        model.offer(Lines.line("A-1", Level.DEBUG));
        model.takeAll();
    }

    @Test
    @Order(2)
    @DisplayName("whoever logs never waits for room")
    void neverWaits() {
        LineBuffer buffer = new LineBuffer(2);
        Thread logging =
                start("A-1 logs", () -> Lines.lines("A-1", Level.ERROR, 5).forEach(buffer::offer));
        Eventually.within(SOON)
                .until("five lines are offered", () -> !logging.isAlive())
                .orElse(() -> Wrong.that("An application waits for room in the buffer")
                        .seen("room for 2 lines; five ERROR lines are offered, nobody takes any, and after "
                                + SOON.toSeconds() + " s offer() has not returned")
                        .means("The broker is away, and the shop stands still: because of its log.")
                        .suspect("put(), or an offer() with a time-out"));
    }

    @Test
    @Order(3)
    @DisplayName("when there is no room, a DEBUG that waits gives way to an ERROR")
    void debugGivesWay() throws InterruptedException {
        BufferModel model = new BufferModel(4);
        model.offerAll(Lines.lines("A-1", Level.INFO, 2));
        model.offerAll(Lines.lines("A-1", Level.DEBUG, 2));
        model.offerAll(Lines.lines("A-1", Level.ERROR, 2));
        model.offer(Lines.line("A-1", Level.WARN));
        model.takeAll();
    }

    @Test
    @Order(4)
    @DisplayName("when all that wait are errors, a new DEBUG is the one to go")
    void newDebugGoes() throws InterruptedException {
        BufferModel model = new BufferModel(3);
        model.offerAll(Lines.lines("A-1", Level.ERROR, 3));
        model.offer(Lines.line("A-1", Level.DEBUG));
        model.offer(Lines.line("A-1", Level.WARN));
        model.offer(Lines.line("A-1", Level.ERROR));
        model.takeAll();
    }

    @TestFactory
    @Order(5)
    @DisplayName("for any lines")
    Stream<DynamicTest> properties() {
        return StepProperties.of(BufferProperties.class);
    }

    @Test
    @Order(6)
    @DisplayName("whoever takes is woken by the first line, and does not wait for more")
    void takerIsWoken() {
        LineBuffer buffer = new LineBuffer(100);
        AtomicReference<List<LogLine>> taken = new AtomicReference<>();
        Thread taking = start("taking", () -> taken.set(take(buffer, 50, Duration.ofMinutes(1))));
        Eventually.within(SOON)
                .until(
                        "the taker waits",
                        () -> taking.getState() == Thread.State.TIMED_WAITING
                                || taking.getState() == Thread.State.WAITING
                                || !taking.isAlive())
                .orElse(() -> Wrong.that("Whoever takes from an empty buffer burns a processor")
                        .seen("take() from an empty buffer: its thread is " + taking.getState() + " all the time"));
        LogLine line = Lines.line("A-1", Level.INFO);
        buffer.offer(line);
        Eventually.within(SOON)
                .until("the line is taken", () -> !taking.isAlive())
                .orElse(() -> Wrong.that("A line waits in the buffer, and whoever takes does not wake up")
                        .seen("take(50, one minute) waits; " + Lines.name(line) + " was offered " + SOON.toSeconds()
                                + " s ago")
                        .means("The one ERROR of the night is sent in the morning, with the next lines.")
                        .suspect("a wait for a full batch, or nobody is notified"));
        if (!taken.get().equals(List.of(line))) {
            throw Wrong.that("A line that was offered does not come out")
                    .seen("take(50, one minute) returned " + Lines.names(taken.get()) + " at "
                            + (taken.get().isEmpty() ? "once: it does not wait" : "the first line"));
        }
    }

    @Test
    @Order(7)
    @DisplayName("of many threads' lines each is taken or refused, once, and those of a thread keep their order")
    void manyThreads() throws InterruptedException {
        int threads = 4;
        int each = 8_000;
        LineBuffer buffer = new LineBuffer(64);
        Map<LogLine, AtomicInteger> ends = new ConcurrentHashMap<>();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> logging = new ArrayList<>();
        for (int number = 0; number < threads; number++) {
            String app = Lines.app();
            List<LogLine> lines = new ArrayList<>();
            for (int i = 0; i < each; i++) {
                lines.add(new LogLine(app, Level.values()[i % 4], Lines.TODAY, "L-" + i));
            }
            lines.forEach(line -> ends.put(line, new AtomicInteger()));
            logging.add(start(app + " logs", () -> {
                await(start);
                lines.forEach(line ->
                        buffer.offer(line).ifPresent(lost -> ends.get(lost).incrementAndGet()));
            }));
        }
        List<LogLine> taken = new ArrayList<>();
        Thread taking = start("taking", () -> {
            await(start);
            boolean last = false;
            while (!last) {
                last = logging.stream().noneMatch(Thread::isAlive);
                List<LogLine> some = take(buffer, 16, Duration.ofMillis(5));
                taken.addAll(some);
                last &= some.isEmpty();
            }
        });
        start.countDown();
        Eventually.within(SOON.multipliedBy(2))
                .until("all lines have come to an end", () -> !taking.isAlive())
                .orElse(() -> Wrong.that("Threads that log and one that takes do not come to an end")
                        .seen(threads + " threads, " + each + " lines each, after "
                                + SOON.multipliedBy(2).toSeconds() + " s"));
        taking.join();
        taken.forEach(line -> ends.get(line).incrementAndGet());
        ends.forEach((line, count) -> {
            if (count.get() != 1) {
                throw Wrong.that("With many threads a line is lost, or comes to its end twice")
                        .seen(Lines.name(line) + " was taken or refused " + count.get() + " times; " + threads
                                + " threads log, one takes")
                        .means("Under load lines are missing that nobody has counted.")
                        .suspect("a check and an act that are two steps: between them comes somebody else");
            }
        });
        checkOrder(taken);
    }

    private static void checkOrder(List<LogLine> taken) {
        Map<String, Integer> last = new ConcurrentHashMap<>();
        for (LogLine line : taken) {
            int number = Integer.parseInt(line.text().substring(2));
            Integer before = last.put(line.app(), number);
            if (before != null && before > number) {
                throw Wrong.that("Lines of one thread have changed places")
                        .seen("L-" + number + " of " + line.app() + " was taken after L-" + before);
            }
        }
    }

    private static List<LogLine> take(LineBuffer buffer, int most, Duration atMost) {
        try {
            return buffer.take(most, atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
