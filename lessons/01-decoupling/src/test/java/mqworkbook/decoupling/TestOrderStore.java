package mqworkbook.decoupling;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import mqworkbook.decoupling.shop.Order;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.decoupling.shop.OrderStore;

/** The order service's database; it can refuse to commit, or take its time. */
final class TestOrderStore implements OrderStore {

    private final Map<String, Order> orders = new LinkedHashMap<>();
    private final Map<String, OrderEvent> events = new LinkedHashMap<>();
    private final Map<String, OrderEvent> unpublished = new LinkedHashMap<>();
    private final CountDownLatch saving = new CountDownLatch(1);
    private volatile CountDownLatch commitGate = new CountDownLatch(0);
    private volatile boolean refuses;

    @Override
    public void save(Order order, OrderEvent event) {
        saving.countDown();
        try {
            commitGate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before the commit", e);
        }
        if (refuses) {
            throw new IllegalStateException("database: the transaction was rolled back");
        }
        synchronized (this) {
            orders.put(order.orderId(), order);
            events.put(order.orderId(), event);
            unpublished.put(event.eventId(), event);
        }
    }

    @Override
    public synchronized void markPublished(String eventId) {
        unpublished.remove(eventId);
    }

    @Override
    public synchronized List<OrderEvent> unpublished() {
        return new ArrayList<>(unpublished.values());
    }

    synchronized boolean holds(String orderId) {
        return orders.containsKey(orderId);
    }

    /** The event that was saved with the order. */
    synchronized OrderEvent eventOf(String orderId) {
        return events.get(orderId);
    }

    /** From now on each transaction is rolled back. */
    void refuseCommits() {
        refuses = true;
    }

    /** From now on {@link #save} waits before its commit until the returned latch is released. */
    CountDownLatch holdCommits() {
        commitGate = new CountDownLatch(1);
        return commitGate;
    }

    /** Released when somebody has begun to save. */
    CountDownLatch saving() {
        return saving;
    }
}
