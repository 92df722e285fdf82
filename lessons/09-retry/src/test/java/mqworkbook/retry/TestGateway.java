package mqworkbook.retry;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mqworkbook.retry.payment.GatewayException;
import mqworkbook.retry.payment.Payment;
import mqworkbook.retry.payment.PaymentGateway;
import mqworkbook.workbench.judge.ProcessDied;

/** The payment service, with its faults. It takes money once for each key, and knows what it has taken. */
final class TestGateway implements PaymentGateway {

    /** What a call meets. */
    enum Answer {
        /** Nothing is taken: 503. */
        DOWN,
        /** Nothing is taken: 500. */
        BUG,
        /** Nothing is taken, today or ever: 402. */
        DECLINED,
        /** The money is taken, and the answer is lost. */
        LOST
    }

    private record Charge(String key, String paymentId) {}

    private final Map<String, Deque<Answer>> scripts = new HashMap<>();
    private final Map<String, Integer> calls = new HashMap<>();
    private final Map<String, String> receipts = new HashMap<>();
    private final List<Charge> charges = new ArrayList<>();
    private final Map<String, CountDownLatch> stuckBefore = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> stuckAfter = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> company = new ConcurrentHashMap<>();
    private final CountDownLatch death = new CountDownLatch(1);

    /** The next calls for the payment meet these, in order; later ones succeed. */
    synchronized void answering(Payment payment, Answer... answers) {
        scripts.put(payment.paymentId(), new ArrayDeque<>(List.of(answers)));
    }

    /** The next call for the payment hangs before the money is taken; the latch tells when it does. */
    CountDownLatch stuckBefore(Payment payment) {
        return stuckBefore.computeIfAbsent(payment.paymentId(), id -> new CountDownLatch(1));
    }

    /** The next call for the payment hangs when the money is taken; the latch tells when it does. */
    CountDownLatch stuckAfter(Payment payment) {
        return stuckAfter.computeIfAbsent(payment.paymentId(), id -> new CountDownLatch(1));
    }

    /** Two calls for the payment meet in the gateway, if two come within a moment. */
    void meeting(Payment payment) {
        company.put(payment.paymentId(), new CountDownLatch(2));
    }

    /** The process that hangs here is gone. */
    void die() {
        death.countDown();
    }

    /** A day has passed. */
    synchronized void forgetKeys() {
        receipts.clear();
    }

    @Override
    public String charge(String idempotencyKey, Payment payment) throws GatewayException, IOException {
        String id = payment.paymentId();
        synchronized (this) {
            calls.merge(id, 1, Integer::sum);
        }
        meet(company.get(id));
        hang(stuckBefore.remove(id));
        boolean lost = take(idempotencyKey, payment);
        hang(stuckAfter.remove(id));
        if (lost) {
            throw new SocketTimeoutException("read timed out");
        }
        synchronized (this) {
            return receipts.getOrDefault(idempotencyKey, "R-" + id);
        }
    }

    synchronized int calls(Payment payment) {
        return calls.getOrDefault(payment.paymentId(), 0);
    }

    /** How often money was taken for the payment. */
    synchronized int charges(Payment payment) {
        return (int) charges.stream()
                .filter(charge -> charge.paymentId().equals(payment.paymentId()))
                .count();
    }

    /** The keys with which money was taken for the payment, in order. */
    synchronized List<String> keys(Payment payment) {
        return charges.stream()
                .filter(charge -> charge.paymentId().equals(payment.paymentId()))
                .map(Charge::key)
                .toList();
    }

    /** Takes the money, unless the key is known; says whether the answer is lost. */
    private synchronized boolean take(String key, Payment payment) throws GatewayException {
        if (receipts.containsKey(key)) {
            return false;
        }
        Deque<Answer> script = scripts.get(payment.paymentId());
        Answer answer = script == null ? null : script.poll();
        if (answer == Answer.DOWN) {
            throw new GatewayException(503, "service unavailable");
        } else if (answer == Answer.BUG) {
            throw new GatewayException(500, "internal error");
        } else if (answer == Answer.DECLINED) {
            throw new GatewayException(402, "card declined");
        }
        charges.add(new Charge(key, payment.paymentId()));
        receipts.put(key, "R-" + payment.paymentId());
        return answer == Answer.LOST;
    }

    private void hang(CountDownLatch reached) {
        if (reached == null) {
            return;
        }
        reached.countDown();
        try {
            death.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ProcessDied("consumer");
    }

    private static void meet(CountDownLatch company) {
        if (company == null) {
            return;
        }
        company.countDown();
        try {
            company.await(300, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
