package mqworkbook.decoupling;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.decoupling.shop.Subscriber;
import mqworkbook.workbench.history.History;

/** A subscriber whose work is counted, and can fail or take for ever. */
final class TestSubscriber implements Subscriber {

    /** How work ends whose process has died under it; nobody is left to hear of it. */
    static final class ProcessDied extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private final String name;
    private final Set<String> bindingKeys;
    private final History history;
    private final Map<String, AtomicInteger> attempts;
    private final Map<String, AtomicInteger> effects;
    private final Queue<OrderEvent> handled = new ConcurrentLinkedQueue<>();
    private final CountDownLatch stuckReached = new CountDownLatch(1);
    private final CountDownLatch stuckReleased = new CountDownLatch(1);
    private volatile Predicate<OrderEvent> poison = event -> false;
    private volatile Predicate<OrderEvent> stuck = event -> false;
    private volatile Runnable work = () -> {};
    private volatile boolean died;

    TestSubscriber(String name, History history, String... bindingKeys) {
        this(name, history, Set.of(bindingKeys), new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
    }

    private TestSubscriber(
            String name,
            History history,
            Set<String> bindingKeys,
            Map<String, AtomicInteger> attempts,
            Map<String, AtomicInteger> effects) {
        this.name = name;
        this.history = history;
        this.bindingKeys = bindingKeys;
        this.attempts = attempts;
        this.effects = effects;
    }

    /** The process that takes over when this one has died; what was done stays done. */
    TestSubscriber successor() {
        return new TestSubscriber(name, history, bindingKeys, attempts, effects);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<String> bindingKeys() {
        return bindingKeys;
    }

    @Override
    public void handle(OrderEvent event) throws Exception {
        history.delivered(name, event.eventId());
        attempts.computeIfAbsent(event.eventId(), id -> new AtomicInteger()).incrementAndGet();
        if (stuck.test(event)) {
            stuckReached.countDown();
            stuckReleased.await();
            if (died) {
                throw new ProcessDied();
            }
        }
        work.run();
        if (poison.test(event)) {
            history.handlerFailed(name, event.eventId(), "the work fails each time");
            throw new IllegalStateException(name + " cannot handle " + event.eventId());
        }
        handled.add(event);
        effects.computeIfAbsent(event.eventId(), id -> new AtomicInteger()).incrementAndGet();
        history.applied(name, event.eventId());
    }

    /** The work on these events fails each time. */
    TestSubscriber failingOn(Predicate<OrderEvent> events) {
        poison = events;
        return this;
    }

    /** What each event costs. */
    TestSubscriber workingFor(Runnable effort) {
        work = effort;
        return this;
    }

    /** The work on these events does not end before {@link #release()} or {@link #die()}. */
    TestSubscriber stuckOn(Predicate<OrderEvent> events) {
        stuck = events;
        return this;
    }

    /** Released when the work is stuck. */
    CountDownLatch stuck() {
        return stuckReached;
    }

    void release() {
        stuckReleased.countDown();
    }

    /** The process is gone; work that is stuck has no effect. */
    void die() {
        died = true;
        stuckReleased.countDown();
    }

    int attempts(String eventId) {
        AtomicInteger count = attempts.get(eventId);
        return count == null ? 0 : count.get();
    }

    int effects(String eventId) {
        AtomicInteger count = effects.get(eventId);
        return count == null ? 0 : count.get();
    }

    /** What had an effect, in order. */
    List<OrderEvent> handled() {
        return List.copyOf(handled);
    }
}
