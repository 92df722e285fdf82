package mqworkbook.ordering;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.ordering.shop.OrderHandler;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.judge.Wrong;

/**
 * The work on changes, as slow and as faulty as a test wants it. It looks at each change that is begun: no other of its order
 * may be at work, and all earlier ones must have been dealt with. Orders that it was not told of are passed over.
 */
final class Desk {

    private static final int ALWAYS = Integer.MAX_VALUE;

    private final Map<String, List<OrderEvent>> orders = new HashMap<>();
    private final Map<String, OrderEvent> atWork = new HashMap<>();
    private final Set<OrderEvent> done = new HashSet<>();
    private final List<OrderEvent> begun = new ArrayList<>();
    private final Map<OrderEvent, Integer> failures = new HashMap<>();
    private final Map<OrderEvent, CountDownLatch> held = new ConcurrentHashMap<>();
    private Wrong wrong;

    /** These are the changes of an order. */
    synchronized void expecting(List<OrderEvent> changes) {
        orders.put(changes.get(0).orderId(), changes);
    }

    /** The work on this change does not end before it is released. */
    void hold(OrderEvent change) {
        held.put(change, new CountDownLatch(1));
    }

    void release(OrderEvent change) {
        held.get(change).countDown();
    }

    void releaseAll() {
        held.values().forEach(CountDownLatch::countDown);
    }

    /** The work on this change fails so many times. */
    synchronized void fail(OrderEvent change, int times) {
        failures.put(change, times);
    }

    synchronized void failAlways(OrderEvent change) {
        failures.put(change, ALWAYS);
    }

    synchronized void succeed(OrderEvent change) {
        failures.remove(change);
    }

    /** What a consumer is given that dies when the switch says so. */
    OrderHandler handler(BooleanSupplier dead) {
        return change -> handle(change, dead);
    }

    private void handle(OrderEvent change, BooleanSupplier dead) throws Exception {
        if (dead.getAsBoolean()) {
            throw new ProcessDied("the consumer");
        }
        if (!begin(change)) {
            return;
        }
        boolean success = false;
        try {
            CountDownLatch latch = held.get(change);
            if (latch != null) {
                await(latch, change, dead);
            }
            failIfPlanned(change);
            success = true;
        } finally {
            end(change, success, dead);
        }
    }

    private synchronized boolean begin(OrderEvent change) {
        String orderId = change.orderId();
        if (!orders.containsKey(orderId)) {
            return false;
        }
        begun.add(change);
        OrderEvent other = atWork.put(orderId, change);
        if (change.equals(other)) {
            blame(Wrong.that("One change is at work twice at the same time")
                    .seen(change + " was begun while it was at work already")
                    .means("Both look where the order stands, and both book the payment.")
                    .suspect("a concurrent listener, or a consumer that was closed before its work was done"));
        }
        orders.get(orderId).stream()
                .filter(earlier -> earlier.sequence() < change.sequence() && !done.contains(earlier))
                .findFirst()
                .ifPresent(earlier -> blame(overtaken(change, earlier, earlier.equals(other))));
        return true;
    }

    private Wrong overtaken(OrderEvent change, OrderEvent earlier, boolean isAtWork) {
        long attempts = attempts(earlier);
        return Wrong.that("A change was begun before an earlier one of its order was dealt with")
                .seen(change + " was begun; " + earlier
                        + (isAtWork ? " was at work" : " was tried " + attempts + " times, and is not done"))
                .means("The order turns back, or is shipped and its payment was never booked.")
                .suspect(
                        isAtWork || attempts == 0
                                ? "a concurrent listener, or a thread pool behind the listener"
                                : "a failure that is passed over, a bounded number of attempts, a failed message that"
                                        + " is sent again behind its successors, or a thread pool behind the listener");
    }

    private void await(CountDownLatch latch, OrderEvent change, BooleanSupplier dead) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            if (!dead.getAsBoolean()) {
                blameFromOutside(Wrong.that("The work on a change was interrupted in the middle")
                        .seen(change + " was at work when its thread was interrupted")
                        .means("With each deploy some changes are done by half, and their queues go to the next node at"
                                + " once, which begins with the same ones.")
                        .suspect("a consumer that is closed without patience: by default it waits 0 ms for its"
                                + " listeners"));
            }
        }
        if (dead.getAsBoolean()) {
            throw new ProcessDied("the consumer");
        }
    }

    private synchronized void failIfPlanned(OrderEvent change) {
        int left = failures.getOrDefault(change, 0);
        if (left > 0) {
            failures.put(change, left == ALWAYS ? ALWAYS : left - 1);
            throw new IllegalStateException("ledger: connection refused, for " + change);
        }
    }

    private synchronized void end(OrderEvent change, boolean success, BooleanSupplier dead) {
        if (dead.getAsBoolean()) {
            return;
        }
        atWork.remove(change.orderId(), change);
        if (success) {
            done.add(change);
        }
    }

    /** A process has died; what it had begun is at work no more. */
    synchronized void forget(OrderEvent change) {
        atWork.remove(change.orderId());
    }

    synchronized long attempts(OrderEvent change) {
        return begun.stream().filter(change::equals).count();
    }

    synchronized boolean isAtWork(OrderEvent change) {
        return change.equals(atWork.get(change.orderId()));
    }

    synchronized boolean isAnyAtWork() {
        return !atWork.isEmpty();
    }

    synchronized int begun() {
        return begun.size();
    }

    synchronized boolean isDone(OrderEvent change) {
        return done.contains(change);
    }

    /** Throws what was wrong, if anything was. */
    synchronized void check() {
        if (wrong != null) {
            throw wrong;
        }
    }

    void expectAtWork(OrderEvent change) {
        Eventually.within(Shop.SOON)
                .until(change + " is at work", () -> {
                    check();
                    return isAtWork(change);
                })
                .orElse(() -> Wrong.that("Nobody begins with " + change)
                        .seen("it is in its queue; begun so far: " + begun)
                        .suspect("a consumer that is not started, or has not subscribed"));
    }

    /** All of it is done, in order. */
    void expectDone(List<OrderEvent> changes, String otherwise) {
        for (OrderEvent change : changes) {
            Eventually.within(Shop.SOON)
                    .until(change + " is done", () -> {
                        check();
                        return isDone(change);
                    })
                    .orElse(() -> notDone(change, otherwise));
        }
        check();
    }

    private Wrong notDone(OrderEvent change, String otherwise) {
        return Wrong.that(otherwise)
                .seen(change + " was tried " + attempts(change) + " times within " + Shop.SOON.toSeconds()
                        + " s, and is not done; begun in this order: " + summary())
                .means("Its order stands still, and nobody knows.")
                .suspect(
                        attempts(change) == 0
                                ? "only some of the messages of a batch handled, one thread for all queues, or a"
                                        + " consumer that has stopped"
                                : "a failure that is passed over, or a pause that is not the one asked for");
    }

    private synchronized String summary() {
        List<OrderEvent> last = begun.subList(Math.max(0, begun.size() - 12), begun.size());
        return (last.size() < begun.size() ? "… " : "") + last;
    }

    private synchronized void blameFromOutside(Wrong found) {
        blame(found);
    }

    private void blame(Wrong found) {
        if (wrong == null) {
            wrong = found;
        }
    }
}
