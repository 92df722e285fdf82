package mqworkbook.decoupling;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;

/** The account of some events: each is handled once, or set aside where it could not be handled, at each subscriber. */
final class Balance {

    private final Shop shop;
    private final List<TestSubscriber> subscribers;
    private final Map<OrderEvent, Set<String>> failingAt = new LinkedHashMap<>();
    private final Map<String, Set<String>> dead = new LinkedHashMap<>();

    Balance(Shop shop, List<TestSubscriber> subscribers) {
        this.shop = shop;
        this.subscribers = subscribers;
        subscribers.forEach(subscriber -> dead.put(subscriber.name(), new HashSet<>()));
    }

    /** An event that is on its way; these subscribers cannot handle it. */
    void published(OrderEvent event, Set<String> subscribersThatFail) {
        failingAt.put(event, subscribersThatFail);
    }

    /** Waits until everything is settled, then compares. */
    void expect() {
        Eventually.within(Shop.SOON)
                .until("every event is handled or set aside", () -> missing().isEmpty())
                .orElse(() -> Wrong.that("Events are lost: neither handled nor set aside")
                        .seen(String.join("; ", missing()))
                        .means("The order stands in the shop, and somebody never hears of it.")
                        .suspect("an ack before the work, or a failure that is swallowed"));
        for (TestSubscriber subscriber : subscribers) {
            failingAt.keySet().forEach(event -> expectOnce(subscriber, event));
        }
    }

    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (TestSubscriber subscriber : subscribers) {
            Set<String> setAside = dead.get(subscriber.name());
            shop.queues()
                    .drain(shop.names.deadLetterQueue(subscriber.name()))
                    .forEach(message -> setAside.add(Json.eventId(message.getBody())));
            failingAt.forEach((event, failing) -> {
                boolean mustFail = failing.contains(subscriber.name());
                boolean settled =
                        mustFail ? setAside.contains(event.eventId()) : subscriber.effects(event.eventId()) > 0;
                if (!settled) {
                    missing.add(event.eventId() + " at " + subscriber.name()
                            + (mustFail ? " (cannot be handled there)" : "") + ": "
                            + shop.whereabouts(subscriber, event));
                }
            });
        }
        return missing;
    }

    private void expectOnce(TestSubscriber subscriber, OrderEvent event) {
        int effects = subscriber.effects(event.eventId());
        boolean setAside = dead.get(subscriber.name()).contains(event.eventId());
        if (effects > 1) {
            throw Wrong.that("One event had its effect " + effects + " times at " + subscriber.name())
                    .seen(event.eventId() + " was handled " + effects + " times")
                    .means("Stock is deducted twice for one order.")
                    .suspect("no look into the inbox before the work");
        }
        if (effects > 0 && setAside) {
            throw Wrong.that("An event that " + subscriber.name() + " handled is in its dead-letter queue as well")
                    .seen(event.eventId() + " was handled, and set aside")
                    .means("It will be redriven, and nobody knows whether that is right.");
        }
    }
}
