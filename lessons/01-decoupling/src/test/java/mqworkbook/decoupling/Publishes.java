package mqworkbook.decoupling;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.decoupling.shop.Outcome;
import mqworkbook.decoupling.shop.PublishException;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Todo;
import mqworkbook.workbench.judge.Wrong;

/** Publishes through the learner's code, and compares what it reports with what happened. */
final class Publishes {

    static final String UNROUTABLE = "shop.teleported";

    private final Shop shop;

    Publishes(Shop shop) {
        this.shop = shop;
    }

    /** Publishes one event; whatever is thrown, other than a refusal, leaves it in doubt. */
    Outcome one(OrderEvent event) throws Exception {
        CompletableFuture<Void> publishing = Beside.run(() -> {
            shop.publisher().publish(event);
            return null;
        });
        try {
            publishing.get(Step3Publish.patience().toMillis(), TimeUnit.MILLISECONDS);
            return Outcome.CONFIRMED;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            rethrowTodo(e.getCause());
            return e.getCause() instanceof PublishException refused ? refused.outcome() : Outcome.UNKNOWN;
        } catch (TimeoutException e) {
            throw Wrong.that("publish() does not come back when the broker does not answer")
                    .seen("the confirm time-out is at most " + Shop.CONFIRM_TIMEOUT.toMillis() + " ms; after "
                            + Step3Publish.patience().toMillis() + " ms publish(" + event.eventId() + ") still waits")
                    .means("The shop's request threads wait one after the other, until it serves nobody.")
                    .suspect("a wait without a time-out, or one that the lost connection does not end");
        }
    }

    /** Opens what the publisher opens lazily, so that a fault that follows hits a publish and nothing else. */
    void warmUp() throws Exception {
        OrderEvent event = Shop.placed();
        shop.publisher().publish(event);
        shop.publisher().publishAll(List.of(Shop.placed()));
        shop.queues().drain(shop.names.queue("inventory"));
    }

    long arrived(String subscriber) {
        return shop.queues().depth(shop.names.queue(subscriber));
    }

    /** A queue that refuses every message, bound beside the subscribers'. */
    void bindFullQueue(String bindingKey) {
        String queue = shop.names.prefix() + "full";
        shop.queues().declare(queue, Map.of("x-max-length", 0, "x-overflow", "reject-publish"));
        shop.queues().bind(queue, shop.names.exchange(), bindingKey);
    }

    /** Routable and unroutable events in turn, with what must become of each. */
    Map<OrderEvent, Outcome> mixed(int count) {
        Map<OrderEvent, Outcome> expected = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            if (i % 3 == 1) {
                expected.put(Shop.event(UNROUTABLE), Outcome.REFUSED);
            } else {
                expected.put(Shop.placed(), Outcome.CONFIRMED);
            }
        }
        return expected;
    }

    void expect(Map<OrderEvent, Outcome> expected, Map<String, Outcome> seen) {
        Map<String, String> differences = new TreeMap<>();
        expected.forEach((event, outcome) -> {
            Outcome reported = seen == null ? null : seen.get(event.eventId());
            if (reported != outcome) {
                differences.put(
                        event.eventId() + " (" + event.type() + ")",
                        (reported == null ? "not at all" : reported.toString()) + ", is " + outcome);
            }
        });
        if (differences.isEmpty()) {
            return;
        }
        String first = differences.values().iterator().next();
        throw Wrong.that("The publisher reports the wrong outcome for " + differences.size() + " of " + expected.size()
                        + " events")
                .seen("reported as: " + shortened(differences))
                .means("Events that arrived are sent again, and events that did not are believed to be safe.")
                .suspect(
                        first.startsWith("UNKNOWN") || first.startsWith("not")
                                ? "a confirm with multiple=true answers all sequence numbers up to its own; or an answer"
                                        + " that came before the event was noted"
                                : "a return is matched with another publish than its own");
    }

    void expectUnknown(OrderEvent event, Outcome outcome, String fault) {
        if (outcome == Outcome.CONFIRMED) {
            throw Wrong.that("An event that the broker did not confirm was reported as published")
                    .seen("publish(" + event.eventId() + ") returned, though " + fault)
                    .means("The order is paid and never shipped; nobody is told.")
                    .suspect(
                            "no publisher confirms: basicPublish returns when the bytes have left, not when they arrived");
        }
        if (outcome == Outcome.REFUSED) {
            throw Wrong.that("An event in doubt was reported as refused")
                    .seen("publish(" + event.eventId() + ") said REFUSED, though " + fault)
                    .means("No answer is not a no: the event may be in the queues. Who believes that it is not, cancels"
                            + " an order that is being shipped.")
                    .suspect("a time-out or a lost connection taken for a refusal");
        }
    }

    /** Whether the event got there all the same: a publisher that connects again and sends it once more is right. */
    boolean arrivedAfterAll(OrderEvent event) {
        return shop.queues().drain(shop.names.queue("inventory")).stream()
                .anyMatch(message -> Json.eventId(message.getBody()).equals(event.eventId()));
    }

    /** The result of what runs in the background, or what it threw. */
    static <T> T await(CompletableFuture<T> running) throws Exception {
        return Beside.result(
                running,
                Shop.SOON,
                () -> Wrong.that("A call does not come back")
                        .seen("after " + Shop.SOON.toSeconds() + " s it still waits"));
    }

    /** A place that is still to be written is no answer of the broker's. */
    static void rethrowTodo(Throwable thrown) {
        if (thrown instanceof Todo todo) {
            throw todo;
        }
    }

    private static String shortened(Map<String, String> differences) {
        List<String> shown = differences.entrySet().stream()
                .limit(4)
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .toList();
        return String.join("; ", shown) + (differences.size() > 4 ? "; and " + (differences.size() - 4) + " more" : "");
    }
}
