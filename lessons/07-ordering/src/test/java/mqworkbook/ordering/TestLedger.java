package mqworkbook.ordering;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.ordering.shop.OrderLedger;
import mqworkbook.ordering.shop.OrderState;
import mqworkbook.ordering.shop.Reason;
import mqworkbook.workbench.judge.Wrong;

/** The warehouse's database: transactions that are kept whole or not at all, one at a time for each order. */
final class TestLedger implements OrderLedger {

    /** How a transaction ends that the database gives up. */
    static final class DatabaseDown extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DatabaseDown() {
            super("database: the connection was lost, the transaction is rolled back");
        }
    }

    private final Map<String, Row> rows = new ConcurrentHashMap<>();
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final AtomicInteger callsUntilDown = new AtomicInteger(Integer.MAX_VALUE);
    private volatile Consumer<String> within = orderId -> {};
    private volatile Wrong wrong;

    @Override
    public void update(String orderId, Consumer<Entry> work) {
        ReentrantLock lock = locks.computeIfAbsent(orderId, absent -> new ReentrantLock());
        lock.lock();
        try {
            call();
            Row copy = row(orderId).copy();
            work.accept(copy);
            within.accept(orderId);
            // The commit itself may fail.
            call();
            rows.put(orderId, copy);
        } finally {
            lock.unlock();
        }
    }

    /** The n-th call from now on, counted over reads, writes and commits, fails, and its transaction with it. */
    void goDownAtCall(int n) {
        callsUntilDown.set(n);
    }

    boolean isDown() {
        return callsUntilDown.get() <= 0;
    }

    void comeBack() {
        callsUntilDown.set(Integer.MAX_VALUE);
    }

    /** Called within each transaction, before its commit. */
    void within(Consumer<String> hook) {
        within = hook;
    }

    List<OrderEvent> applied(String orderId) {
        return List.copyOf(row(orderId).applied);
    }

    Map<OrderEvent, Reason> parked(String orderId) {
        return new TreeMap<>(Row.BY_NUMBER) {
            private static final long serialVersionUID = 1L;

            {
                putAll(row(orderId).parked);
            }
        };
    }

    /** Throws what was wrong at the moment when it was written. */
    void check() {
        if (wrong != null) {
            throw wrong;
        }
    }

    private Row row(String orderId) {
        return rows.getOrDefault(orderId, new Row());
    }

    private void call() {
        if (callsUntilDown.decrementAndGet() == 0) {
            throw new DatabaseDown();
        }
    }

    /** One order's part of the database. */
    private final class Row implements Entry {

        private static final Comparator<OrderEvent> BY_NUMBER =
                Comparator.comparingLong(OrderEvent::sequence).thenComparing(OrderEvent::state);

        private final List<OrderEvent> applied = new ArrayList<>();
        private final Map<OrderEvent, Reason> parked = new TreeMap<>(BY_NUMBER);

        private Row copy() {
            Row copy = new Row();
            copy.applied.addAll(applied);
            copy.parked.putAll(parked);
            return copy;
        }

        @Override
        public List<OrderEvent> applied() {
            call();
            return List.copyOf(applied);
        }

        @Override
        public void apply(OrderEvent change) {
            call();
            Optional<OrderState> state = applied.isEmpty()
                    ? Optional.empty()
                    : Optional.of(applied.get(applied.size() - 1).state());
            if (wrong == null) {
                wrong = wrong(change, state);
            }
            applied.add(change);
        }

        private Wrong wrong(OrderEvent change, Optional<OrderState> state) {
            if (applied.contains(change)) {
                return Wrong.that("A change was applied twice")
                        .seen(change + " was applied on " + applied)
                        .means("The stock is moved twice, and the customer pays twice.")
                        .suspect("copies known by something that does not survive a restart or a rollback, or not at"
                                + " all");
            }
            if (change.sequence() != applied.size() + 1) {
                return Wrong.that("A change was applied out of its sequence")
                        .seen(change + " was applied on " + applied)
                        .means("What is missing between them is never booked, or the order turns back.")
                        .suspect("what came last is taken for the newest; a gap is not looked for");
            }
            if (!change.state().mayFollow(state)) {
                return Wrong.that("An order went where it cannot go")
                        .seen(change + " was applied on " + applied)
                        .means("It is shipped, and was never paid.");
            }
            return null;
        }

        @Override
        public List<OrderEvent> parked() {
            call();
            return List.copyOf(parked.keySet());
        }

        @Override
        public void park(OrderEvent change, Reason reason) {
            call();
            parked.put(change, reason);
        }

        @Override
        public void unpark(OrderEvent change) {
            call();
            parked.remove(change);
        }
    }
}
