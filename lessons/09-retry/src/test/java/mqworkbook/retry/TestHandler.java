package mqworkbook.retry;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import mqworkbook.retry.payment.Payment;
import mqworkbook.retry.payment.PaymentHandler;
import mqworkbook.workbench.history.History;
import mqworkbook.workbench.judge.ProcessDied;

/** Makes payments as it is told: fails, hangs, succeeds, and remembers every attempt. It serves all processes of a desk. */
final class TestHandler implements PaymentHandler {

    static final String WHO = "charge";

    /** One call, and when it ended; 0 while it goes on. */
    static final class Attempt {

        private final long began = System.nanoTime();
        private volatile long ended;

        long began() {
            return began;
        }

        long ended() {
            return ended;
        }
    }

    private final History history;
    private final Map<String, Deque<Exception>> scripts = new HashMap<>();
    private final Map<String, Supplier<Exception>> always = new ConcurrentHashMap<>();
    private final Map<String, List<Attempt>> attempts = new HashMap<>();
    private final Map<String, Integer> made = new HashMap<>();
    private final Map<String, CountDownLatch> stuck = new ConcurrentHashMap<>();
    private final CountDownLatch release = new CountDownLatch(1);
    private volatile Supplier<Exception> outage;
    private volatile boolean died;

    TestHandler(History history) {
        this.history = history;
    }

    /** The first attempts at the payment fail like this, in order; later ones succeed. */
    TestHandler failing(Payment payment, Exception... failures) {
        synchronized (this) {
            scripts.put(payment.paymentId(), new ArrayDeque<>(List.of(failures)));
        }
        return this;
    }

    /** All attempts at the payment fail like this. */
    TestHandler alwaysFailing(Payment payment, Supplier<Exception> failure) {
        always.put(payment.paymentId(), failure);
        return this;
    }

    /** All attempts at all payments fail like this from now on; null: no longer. */
    void outage(Supplier<Exception> failure) {
        outage = failure;
    }

    /** The next attempt at the payment hangs; the latch tells when it does. */
    CountDownLatch stuckOn(Payment payment) {
        CountDownLatch reached = new CountDownLatch(1);
        stuck.put(payment.paymentId(), reached);
        return reached;
    }

    void release() {
        release.countDown();
    }

    /** The process is gone; what hangs has no effect. */
    void die() {
        died = true;
        release.countDown();
    }

    /**
     * The handler of a process that is closed after so many attempts at a payment: it hangs on a further one, and dies
     * there, so that the next process makes it.
     */
    PaymentHandler upTo(int lastAttempt, CountDownLatch closed) {
        return payment -> {
            if (count(payment) >= lastAttempt) {
                closed.await(1, TimeUnit.SECONDS);
                throw new ProcessDied("consumer");
            }
            handle(payment);
        };
    }

    @Override
    public void handle(Payment payment) throws Exception {
        String id = payment.paymentId();
        Attempt attempt = begin(id);
        try {
            history.delivered(WHO, id);
            CountDownLatch reached = stuck.remove(id);
            if (reached != null) {
                reached.countDown();
                release.await();
                if (died) {
                    throw new ProcessDied("consumer");
                }
            }
            Exception failure = failure(id);
            if (failure != null) {
                history.handlerFailed(WHO, id, failure.toString());
                throw failure;
            }
            history.applied(WHO, id);
            synchronized (this) {
                made.merge(id, 1, Integer::sum);
            }
        } finally {
            attempt.ended = System.nanoTime();
        }
    }

    /** The attempts at the payment so far, in order. */
    synchronized List<Attempt> attempts(Payment payment) {
        return List.copyOf(attempts.getOrDefault(payment.paymentId(), List.of()));
    }

    int count(Payment payment) {
        return attempts(payment).size();
    }

    /** How many attempts there were in all. */
    synchronized int count() {
        return attempts.values().stream().mapToInt(List::size).sum();
    }

    synchronized boolean made(Payment payment) {
        return made.containsKey(payment.paymentId());
    }

    private synchronized Attempt begin(String id) {
        Attempt attempt = new Attempt();
        attempts.computeIfAbsent(id, first -> new ArrayList<>()).add(attempt);
        return attempt;
    }

    private Exception failure(String id) {
        Supplier<Exception> down = outage;
        if (down != null) {
            return down.get();
        }
        Supplier<Exception> forever = always.get(id);
        if (forever != null) {
            return forever.get();
        }
        synchronized (this) {
            Deque<Exception> script = scripts.get(id);
            return script == null ? null : script.poll();
        }
    }
}
