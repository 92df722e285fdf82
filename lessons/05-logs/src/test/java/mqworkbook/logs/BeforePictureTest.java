package mqworkbook.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mqworkbook.logs.before.WaitingLogger;
import mqworkbook.logs.line.Level;
import mqworkbook.logs.line.LogLine;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What hurts without a log in between. These tests pass: they describe the problem. */
@DisplayName("Before: each line goes to everybody, while the application waits")
class BeforePictureTest {

    private final List<LogLine> index = new ArrayList<>();
    private final List<LogLine> alerts = new ArrayList<>();
    private final LogLine line = Lines.line("A-1", Level.ERROR);

    @Test
    @DisplayName("while the index is slow, a purchase waits for its log")
    void slowIndex() throws Exception {
        CountDownLatch merging = new CountDownLatch(1);
        CountDownLatch merged = new CountDownLatch(1);
        WaitingLogger logger = new WaitingLogger().to(one -> {
            merging.countDown();
            await(merged);
        });

        CompletableFuture<Void> purchase = CompletableFuture.runAsync(() -> logger.log(line));
        assertThat(merging.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(purchase).isNotDone();

        merged.countDown();
        purchase.get(5, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("when the index is down the purchase fails, and nobody is woken for it")
    void indexDown() {
        WaitingLogger logger = new WaitingLogger()
                .to(one -> {
                    throw new IllegalStateException("index: no space left");
                })
                .to(alerts::add);

        assertThatThrownBy(() -> logger.log(line)).hasMessageContaining("no space left");
        assertThat(alerts).isEmpty();
    }

    @Test
    @DisplayName("who comes later has missed everything: there is nothing to read again")
    void noReplay() {
        WaitingLogger logger = new WaitingLogger().to(alerts::add);
        logger.log(line);

        logger.to(index::add);
        logger.log(Lines.line("A-1", Level.INFO));

        assertThat(index).doesNotContain(line);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
