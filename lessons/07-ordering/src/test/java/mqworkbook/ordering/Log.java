package mqworkbook.ordering;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import mqworkbook.ordering.Shop.InQueue;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.workbench.judge.Wrong;

/** What must be true of an order's changes in the topic. Copies are legal; what counts is where each is first. */
final class Log {

    private static final Duration VISIBLE = Duration.ofSeconds(3);

    private Log() {}

    /** The changes are in one queue, each of them, first seen in this order, and no other. */
    static void expect(Shop shop, List<OrderEvent> changes) {
        String orderId = changes.get(0).orderId();
        List<InQueue> present = present(shop, orderId, changes);
        expectOneQueue(orderId, present);
        List<OrderEvent> first = firsts(present);
        if (!first.equals(changes)) {
            throw wrong(orderId, changes, first, present);
        }
    }

    /** What the broker has acknowledged, it shows to readers a moment later. */
    private static List<InQueue> present(Shop shop, String orderId, List<OrderEvent> changes) {
        long giveUp = System.nanoTime() + VISIBLE.toNanos();
        List<InQueue> present = shop.changes(orderId);
        while (!firsts(present).containsAll(changes) && System.nanoTime() < giveUp) {
            LockSupport.parkNanos(10_000_000);
            present = shop.changes(orderId);
        }
        return present;
    }

    private static Wrong wrong(
            String orderId, List<OrderEvent> changes, List<OrderEvent> first, List<InQueue> present) {
        String seen = "expected " + changes + "; in the queue are " + present;
        if (new HashSet<>(first).equals(new HashSet<>(changes))) {
            return Wrong.that("The changes of " + orderId + " are in their queue in the wrong order")
                    .seen(seen)
                    .means("Whoever follows the order is told that it was shipped before it was paid.")
                    .suspect("a change that was sent before an earlier one was known to be in the queue");
        }
        if (isOvertaken(first, changes)) {
            return Wrong.that("A change of " + orderId + " has overtaken an earlier one, which is not in the queue")
                    .seen(seen)
                    .means("Whoever follows the order is told that it was shipped before it was paid, or never that it"
                            + " was paid.")
                    .suspect("a change that was sent while an earlier one was unsent");
        }
        if (first.size() < changes.size()) {
            return Wrong.that("A change of " + orderId + " is not in its queue, and nobody knows")
                    .seen(seen)
                    .means("The order is paid, and the warehouse never hears of it.");
        }
        return Wrong.that("The queue holds changes of " + orderId + " that were never made")
                .seen(seen)
                .means("The warehouse ships what the shop has never sold.")
                .suspect("a change that is sent before it is saved, or one that is decided anew for each attempt");
    }

    private static boolean isOvertaken(List<OrderEvent> first, List<OrderEvent> changes) {
        return changes.containsAll(first) && !first.equals(changes.subList(0, Math.min(first.size(), changes.size())));
    }

    private static void expectOneQueue(String orderId, List<InQueue> present) {
        Set<Integer> queues = new HashSet<>();
        present.forEach(each -> queues.add(each.queue()));
        if (queues.size() > 1) {
            throw Wrong.that("The changes of " + orderId + " are in more than one queue, so they have no order")
                    .seen(present.toString())
                    .means("Queues are read side by side: SHIPPED is read before PAID, as it comes.")
                    .suspect("queues taken in turn, or chosen by something else than the order id");
        }
    }

    private static List<OrderEvent> firsts(List<InQueue> present) {
        List<OrderEvent> firsts = new ArrayList<>();
        for (InQueue each : present) {
            if (!firsts.contains(each.change())) {
                firsts.add(each.change());
            }
        }
        return firsts;
    }
}
