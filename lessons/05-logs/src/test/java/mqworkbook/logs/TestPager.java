package mqworkbook.logs;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import mqworkbook.logs.line.Alert;
import mqworkbook.logs.line.Pager;

/** Who was woken, and why. */
final class TestPager {

    private final Map<String, Alert> raised = new LinkedHashMap<>();
    private final Map<String, List<String>> calls = new LinkedHashMap<>();
    private volatile CountDownLatch slow = new CountDownLatch(0);
    private int failures;

    /** The pager as one machine sees it. */
    Pager seenBy(Machine machine) {
        return alert -> raise(alert, machine);
    }

    private void raise(Alert alert, Machine machine) {
        machine.reach("before " + alert.key() + " is raised");
        try {
            slow.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        machine.reach("raise");
        synchronized (this) {
            if (failures > 0) {
                failures--;
                throw new IllegalStateException("pager: no network");
            }
            raised.putIfAbsent(alert.key(), alert);
            calls.computeIfAbsent(alert.key(), absent -> new ArrayList<>()).add(machine.name());
        }
        machine.reach("after " + alert.key() + " is raised");
    }

    void hold() {
        slow = new CountDownLatch(1);
    }

    void goOn() {
        slow.countDown();
    }

    /** The pager's network is away for that many calls. */
    synchronized void fail(int times) {
        failures = times;
    }

    synchronized boolean isRaised(Alert alert) {
        return raised.containsKey(alert.key());
    }

    /** All alerts of an application. */
    synchronized List<Alert> raised(String app) {
        return raised.values().stream().filter(alert -> alert.app().equals(app)).toList();
    }

    /** Which machines have raised an alert, once for each time. */
    synchronized List<String> calls(Alert alert) {
        return List.copyOf(calls.getOrDefault(alert.key(), List.of()));
    }
}
