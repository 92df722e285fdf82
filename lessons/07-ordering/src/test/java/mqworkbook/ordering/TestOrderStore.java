package mqworkbook.ordering;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mqworkbook.ordering.shop.ConcurrentChangeException;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.ordering.shop.OrderStore;

/** The order service's database; it outlives the nodes that use it, and tests can step in at any call. */
final class TestOrderStore implements OrderStore {

    private final Map<String, List<OrderEvent>> changes = new ConcurrentHashMap<>();
    private final Map<String, List<OrderEvent>> unsent = new ConcurrentHashMap<>();
    private final Map<String, ReentrantLock> rows = new ConcurrentHashMap<>();
    private volatile Consumer<String> afterLook = orderId -> {};
    private volatile Consumer<OrderEvent> beforeSave = change -> {};

    @Override
    public Optional<OrderEvent> last(String orderId) {
        Optional<OrderEvent> last;
        synchronized (this) {
            List<OrderEvent> all = all(orderId);
            last = all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
        }
        afterLook.accept(orderId);
        return last;
    }

    @Override
    public void save(OrderEvent change) {
        beforeSave.accept(change);
        synchronized (this) {
            long next = all(change.orderId()).size() + 1L;
            if (change.sequence() != next) {
                throw new ConcurrentChangeException(
                        change + " was not saved: the next change of " + change.orderId() + " has number " + next);
            }
            all(change.orderId()).add(change);
            unsent.computeIfAbsent(change.orderId(), absent -> new ArrayList<>())
                    .add(change);
        }
    }

    @Override
    public synchronized List<OrderEvent> unsent(String orderId) {
        return List.copyOf(unsent.getOrDefault(orderId, List.of()));
    }

    @Override
    public synchronized void markSent(OrderEvent change) {
        unsent.getOrDefault(change.orderId(), new ArrayList<>()).remove(change);
    }

    @Override
    public void locked(String orderId, Runnable action) {
        ReentrantLock row = rows.computeIfAbsent(orderId, absent -> new ReentrantLock());
        try {
            row.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the row of " + orderId, e);
        }
        try {
            action.run();
        } finally {
            row.unlock();
        }
    }

    /** All changes that were saved. */
    synchronized List<OrderEvent> history(String orderId) {
        return List.copyOf(all(orderId));
    }

    /** Called on the node's thread when it has looked where an order stands. */
    void afterLook(Consumer<String> hook) {
        afterLook = hook;
    }

    /** Called on the node's thread when it is about to save. */
    void beforeSave(Consumer<OrderEvent> hook) {
        beforeSave = hook;
    }

    private List<OrderEvent> all(String orderId) {
        return changes.computeIfAbsent(orderId, absent -> new ArrayList<>());
    }
}
