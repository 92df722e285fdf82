package mqworkbook.transactions;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import mqworkbook.transactions.invoice.InvoiceNames;
import mqworkbook.transactions.shop.Order;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.kafka.KafkaClient;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Rule;
import mqworkbook.workbench.wire.WireMessage;

/** A process of invoicing, with work that can fail, be held, or be the last thing that it does. */
final class Clerk implements AutoCloseable {

    private enum Fate {
        FAILS,
        DIES,
        WAITS
    }

    private final KafkaClient client;
    private final InvoiceProcessor processor;
    private final Map<String, Fate> fates = new ConcurrentHashMap<>();
    private final CountDownLatch waiting = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile boolean dead;
    private CompletableFuture<Void> running = new CompletableFuture<>();

    Clerk(KafkaClient client, InvoiceNames names, String instance) {
        this.client = client;
        // Its producer passes over what is for consumers.
        processor = new InvoiceProcessor(client.consumerSettings(), names, instance, this::invoice);
    }

    Clerk start() {
        running = Beside.run(() -> {
            processor.run();
            return null;
        });
        return this;
    }

    /** The work on this order fails, once. */
    Clerk failing(Order order) {
        fates.put(order.orderId(), Fate.FAILS);
        return this;
    }

    /** The process dies at work on this order. */
    Clerk dying(Order order) {
        fates.put(order.orderId(), Fate.DIES);
        return this;
    }

    /** The work on this order waits until it is released. */
    Clerk waiting(Order order) {
        fates.put(order.orderId(), Fate.WAITS);
        return this;
    }

    /** The process dies when this message is about to arrive, or has arrived. */
    Rule dyingAt(Predicate<WireMessage> which, boolean arrives) {
        var intercept = client.relay().on(Direction.TO_BROKER, message -> {
            if (dead || !which.test(message)) {
                return false;
            }
            dead = true;
            return true;
        });
        return arrives ? intercept.cutAfter() : intercept.cutBefore();
    }

    void expectWaiting(Order order) {
        Eventually.within(Accounting.SOON)
                .until(order.orderId() + " is worked on", () -> waiting.getCount() == 0 || running.isDone())
                .orElse(() -> Wrong.that("An order is never worked on").seen(order.text()));
        rethrow();
    }

    void release() {
        released.countDown();
    }

    void die() {
        dead = true;
        client.die();
    }

    boolean isDead() {
        return dead;
    }

    boolean isDone() {
        return running.isDone();
    }

    /** What ended it; null if it goes on, or has ended in peace. */
    Throwable end() {
        return running.isCompletedExceptionally()
                ? running.handle((nothing, thrown) -> thrown).join()
                : null;
    }

    /** What it throws in vain is for the test. */
    void rethrow() {
        Throwable end = end();
        if (end instanceof Error error && !(end instanceof ProcessDied)) {
            throw error;
        }
        if (end instanceof RuntimeException exception && !dead) {
            throw exception;
        }
    }

    private String invoice(Order order) {
        Fate fate = fates.remove(order.orderId());
        if (fate == Fate.FAILS) {
            throw new IllegalStateException("No invoice for " + order.orderId() + " now");
        }
        if (fate == Fate.DIES) {
            die();
        }
        if (fate == Fate.WAITS) {
            waiting.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        if (dead) {
            throw new ProcessDied(client.actor());
        }
        return Accounting.invoice(order);
    }

    /** Ends in order, and leaves the group. */
    void expectEnds() {
        processor.close();
        Eventually.within(Accounting.SOON)
                .until("it ends", running::isDone)
                .orElse(() -> Wrong.that("Invoicing does not end when it is closed"));
        rethrow();
    }

    @Override
    public void close() {
        release();
        processor.close();
    }
}
