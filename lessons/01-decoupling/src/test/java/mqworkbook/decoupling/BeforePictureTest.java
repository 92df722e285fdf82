package mqworkbook.decoupling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mqworkbook.decoupling.before.DirectOrderService;
import mqworkbook.decoupling.before.Downstream;
import mqworkbook.decoupling.shop.Order;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What hurts without a queue. These tests pass: they describe the problem. */
@DisplayName("Before: the order service calls everybody itself")
class BeforePictureTest {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Order order = Shop.order();

    @Test
    @DisplayName("when e-mail is down, the customer cannot order, although stock was already deducted")
    void oneFailureFailsTheOrder() {
        DirectOrderService shop = shop(order -> {
            throw new IllegalStateException("mail server: connection refused");
        });

        assertThatThrownBy(() -> shop.place(order)).hasMessageContaining("mail server");
        assertThat(told).containsExactly("database", "inventory", "points").doesNotContain("analytics");
    }

    @Test
    @DisplayName("while e-mail is slow, the customer waits, and analytics too")
    void theSlowestSetsThePace() throws Exception {
        CountDownLatch mailing = new CountDownLatch(1);
        CountDownLatch mailed = new CountDownLatch(1);
        DirectOrderService shop = shop(order -> {
            mailing.countDown();
            awaitQuietly(mailed);
        });

        CompletableFuture<Void> customer = CompletableFuture.runAsync(() -> shop.place(order));
        assertThat(mailing.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(customer).isNotDone();
        assertThat(told).doesNotContain("analytics");

        mailed.countDown();
        customer.get(5, TimeUnit.SECONDS);
        assertThat(told).endsWith("analytics");
    }

    private DirectOrderService shop(Downstream email) {
        return new DirectOrderService(
                order -> told.add("database"),
                order -> told.add("inventory"),
                order -> told.add("points"),
                email,
                order -> told.add("analytics"));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
