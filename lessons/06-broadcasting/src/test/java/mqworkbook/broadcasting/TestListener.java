package mqworkbook.broadcasting;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.broadcasting.config.SettingsListener;

/** Application code that remembers what it was told, and can be made to hang or to fail. */
final class TestListener implements SettingsListener {

    /** Longer than any test waits, also on a busy machine: a listener that came back by itself would have held up nobody. */
    private static final long LONGEST_HANG_SECONDS = 60;

    private final List<Change> told = new CopyOnWriteArrayList<>();
    private final List<String> wentBack = new CopyOnWriteArrayList<>();
    private final Map<String, Long> versions = new ConcurrentHashMap<>();
    private final AtomicInteger inside = new AtomicInteger();
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile Predicate<Change> hanging = change -> false;
    private volatile Predicate<Change> failing = change -> false;
    private volatile boolean overlapped;

    @Override
    public void changed(Change change) {
        overlapped |= inside.incrementAndGet() > 1;
        try {
            told.add(change);
            Long before = versions.put(change.key(), change.version());
            if (before != null && before >= change.version()) {
                wentBack.add(change.text() + " after version " + before);
            }
            if (hanging.test(change)) {
                stuck.countDown();
                released.await(LONGEST_HANG_SECONDS, TimeUnit.SECONDS);
            }
            if (failing.test(change)) {
                throw new IllegalStateException("the block list cannot be rebuilt with " + change.text());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            inside.decrementAndGet();
        }
    }

    TestListener hangingOn(Predicate<Change> changes) {
        hanging = changes;
        return this;
    }

    TestListener failingOn(Predicate<Change> changes) {
        failing = changes;
        return this;
    }

    void release() {
        released.countDown();
    }

    boolean isStuck() {
        return stuck.getCount() == 0;
    }

    /** Whether it was told of a change while it was at work on another. */
    boolean overlapped() {
        return overlapped;
    }

    /** What it was told out of order, with what it knew by then. */
    List<String> wentBack() {
        return wentBack;
    }

    List<Change> told() {
        return told;
    }

    boolean wasTold(Change change) {
        return told.contains(change);
    }

    /** The version that it was told last for a key; 0 if none. */
    long version(String key) {
        return versions.getOrDefault(key, 0L);
    }
}
