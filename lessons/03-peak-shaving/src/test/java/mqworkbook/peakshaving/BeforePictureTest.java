package mqworkbook.peakshaving;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import mqworkbook.peakshaving.before.DirectSale;
import mqworkbook.peakshaving.sale.Outcome;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What hurts without a buffer. These tests pass: they describe the problem. */
@DisplayName("Before: every click is a transaction on the database")
class BeforePictureTest {

    private static final int LIMIT = 4;
    private static final int SPIKE = 40;

    private final Database database = new Database(LIMIT);
    private final DirectSale sale = new DirectSale(database.of("shop"));

    @BeforeEach
    void open() throws SQLException {
        sale.createTables("sale-1", 100);
    }

    @Test
    @DisplayName("one after the other, all is well")
    void quiet() throws SQLException {
        for (int i = 0; i < SPIKE; i++) {
            assertThat(sale.buy(click(i))).isEqualTo(Outcome.WON);
        }
        assertThat(database.orders("sale-1")).hasSize(SPIKE);
        assertThat(database.peak()).isOne();
    }

    @Test
    @DisplayName(
            "in the spike the database takes a few, and all others get an error, though there is enough for everybody")
    void spike() {
        database.hold();
        List<CompletableFuture<Outcome>> clicks = new ArrayList<>();
        for (int i = 0; i < SPIKE; i++) {
            Purchase purchase = click(i);
            clicks.add(Beside.run(() -> sale.buy(purchase)));
        }
        Eventually.within(Market.SOON)
                .until("all but a few have failed", () -> failed(clicks) == SPIKE - LIMIT)
                .orElse(() -> new AssertionError(failed(clicks) + " have failed"));
        database.release();
        Eventually.within(Market.SOON)
                .until("all are through", () -> clicks.stream().allMatch(CompletableFuture::isDone))
                .orElse(() -> new AssertionError("somebody still waits"));

        assertThat(database.orders("sale-1")).hasSize(LIMIT);
        assertThat(database.refused()).isEqualTo(SPIKE - LIMIT);
    }

    private static long failed(List<CompletableFuture<Outcome>> clicks) {
        return clicks.stream()
                .filter(CompletableFuture::isCompletedExceptionally)
                .count();
    }

    private static Purchase click(int number) {
        return new Purchase("R-" + number, "sale-1", "U-" + number, 1);
    }
}
