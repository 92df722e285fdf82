package mqworkbook.workbench.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private final AtomicLong clock = new AtomicLong();
    private final History history = new History(() -> clock.getAndAdd(1_500_000));

    @Test
    void eventsAreNumberedAndTimedFromTheBeginning() {
        history.attempted("orders", "E-1");
        history.confirmed("orders", "E-1");

        assertThat(history.events())
                .containsExactly(
                        new Event(1, 1_500_000, Kind.ATTEMPTED, "orders", "E-1", "", ""),
                        new Event(2, 3_000_000, Kind.CONFIRMED, "orders", "E-1", "", ""));
    }

    @Test
    void aSnapshotDoesNotChange() {
        history.attempted("orders", "E-1");
        List<Event> snapshot = history.events();

        history.confirmed("orders", "E-1");

        assertThat(snapshot).hasSize(1);
        assertThat(history.events()).hasSize(2);
    }

    @Test
    void missingTextIsEmpty() {
        Event event = history.record(Kind.FAILED, null, null, null, null);

        assertThat(event).isEqualTo(new Event(1, 1_500_000, Kind.FAILED, "", "", "", ""));
    }

    @Test
    void anAnswerIsRecordedAsItsOutcome() {
        history.answered("orders", "E-1", Outcome.OK, "");
        history.answered("orders", "E-2", Outcome.FAILED, "no route");
        history.answered("orders", "E-3", Outcome.UNKNOWN, "timed out");

        assertThat(history.events())
                .extracting(Event::kind)
                .containsExactly(Kind.CONFIRMED, Kind.FAILED, Kind.IN_DOUBT);
    }

    @Test
    void idsOfOnePlaceCanBeWaitedOn() {
        history.applied("email", "E-1");
        history.applied("points", "E-1");
        history.delivered("email", "E-2");
        history.applied("email", "E-1");

        assertThat(history.ids(Kind.APPLIED, "email")).containsExactly("E-1", "E-1");
    }

    @Test
    void readsAsOneLineForEachEvent() {
        history.subscribed("email");
        history.attempted("orders", "E-17");
        history.fault("connection cut");
        history.inDoubt("orders", "E-17", "no confirm\n  within 200 ms");
        history.wire("rabbitmq", "basic.publish order.placed");
        history.delivered("email", "E-17");
        history.handlerFailed("email", "E-17", "smtp down");
        history.record(Kind.DEAD_LETTERED, "drain", "E-17", "email", "rejected");

        assertThat(history.render()).isEqualTo("""
                            #1        1.5 ms  email     subscribed
                            #2        3.0 ms  orders    attempted       E-17
                            #3        4.5 ms  (test)    fault                 connection cut
                            #4        6.0 ms  orders    in doubt        E-17  no confirm within 200 ms
                            #5        7.5 ms  rabbitmq  wire                  basic.publish order.placed
                            #6        9.0 ms  email     delivered       E-17
                            #7       10.5 ms  email     handler failed  E-17  smtp down
                            #8       12.0 ms  drain     dead-lettered   E-17  at email rejected
                        """);
    }

    @Test
    void aLongHistoryKeepsItsLastLines() {
        IntStream.rangeClosed(1, 5).forEach(n -> history.attempted("orders", "E-" + n));

        assertThat(history.render(2)).isEqualTo("""
                          … 3 earlier events left out
                            #4        6.0 ms  orders  attempted       E-4
                            #5        7.5 ms  orders  attempted       E-5
                        """);
        assertThat(history.render(0)).isEqualTo("  … 5 earlier events left out\n");
        assertThat(new History().render()).isEmpty();
    }

    @Test
    void oneMessageHasItsStory() {
        history.attempted("orders", "E-1");
        history.attempted("orders", "E-2");
        history.fault("broker restarted");
        history.applied("email", "E-2");

        assertThat(history.renderMessage("E-2").lines())
                .hasSize(3)
                .noneMatch(line -> line.contains("E-1"))
                .anyMatch(line -> line.contains("broker restarted"));
    }

    @Test
    void nothingIsLostWhenManyThreadsRecord() throws Exception {
        int threads = 8;
        int each = 5_000;
        History shared = new History();
        CyclicBarrier together = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Object>> running = IntStream.range(0, threads)
                    .mapToObj(thread -> pool.submit(() -> {
                        together.await(10, TimeUnit.SECONDS);
                        for (int n = 0; n < each; n++) {
                            shared.attempted("publisher-" + thread, "E-" + n);
                        }
                        return null;
                    }))
                    .toList();
            for (Future<Object> thread : running) {
                thread.get(30, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }

        List<Event> events = shared.events();
        assertThat(events).hasSize(threads * each);
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i).sequence()).isEqualTo(i + 1L);
            assertThat(events.get(i).nanos())
                    .isGreaterThanOrEqualTo(i == 0 ? 0 : events.get(i - 1).nanos());
        }
        for (int thread = 0; thread < threads; thread++) {
            String actor = "publisher-" + thread;
            assertThat(events.stream()
                            .filter(event -> event.actor().equals(actor))
                            .map(Event::messageId))
                    .containsExactlyElementsOf(
                            IntStream.range(0, each).mapToObj(n -> "E-" + n).toList());
        }
    }
}
