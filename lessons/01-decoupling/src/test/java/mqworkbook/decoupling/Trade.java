package mqworkbook.decoupling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import mqworkbook.decoupling.shop.Order;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.decoupling.shop.Outcome;
import mqworkbook.decoupling.shop.PublishException;
import mqworkbook.workbench.history.Checkers;
import mqworkbook.workbench.history.Finding;
import mqworkbook.workbench.history.Subscription;
import mqworkbook.workbench.history.Verdict;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Problems;
import mqworkbook.workbench.judge.Wrong;

/** Orders that are placed while things break, and the account of them when everything has healed. */
final class Trade {

    /** After a fault, clients find back within this time, on two busy cores too. */
    private static final Duration RECOVERY = Duration.ofSeconds(10);

    private final Shop shop;
    private final List<TestSubscriber> subscribers;
    private final List<OrderEvent> expected = new ArrayList<>();

    Trade(Shop shop, List<TestSubscriber> subscribers) {
        this.shop = shop;
        this.subscribers = new ArrayList<>(subscribers);
    }

    /** Places an order, whatever becomes of its event; returns the event that the order service saved with it. */
    OrderEvent place() {
        Order order = Shop.order();
        String eventId = null;
        try {
            OrderEvent event = shop.orders().place(order);
            eventId = event.eventId();
            shop.history().attempted("shop", eventId);
            shop.history().confirmed("shop", eventId);
        } catch (PublishException e) {
            shop.history().attempted("shop", e.eventId());
            if (e.outcome() == Outcome.REFUSED) {
                shop.history().failed("shop", e.eventId(), e.getMessage());
            } else {
                shop.history().inDoubt("shop", e.eventId(), e.getMessage());
            }
        } catch (Exception e) {
            Publishes.rethrowTodo(e);
            shop.history().inDoubt("shop", order.orderId(), e.toString());
        }
        if (!shop.store.holds(order.orderId())) {
            throw Wrong.that("An order was lost because the broker is away")
                    .seen("place(" + order.orderId() + ") ended, and the order is not saved")
                    .means("A customer cannot order while the broker restarts: the coupling is back.")
                    .suspect("publish before save, or a save that is undone when the publish fails");
        }
        OrderEvent saved = shop.store.eventOf(order.orderId());
        expected.add(saved);
        return saved;
    }

    /** An event that was published otherwise, and counts too. */
    void expect(OrderEvent event) {
        expected.add(event);
    }

    /** From now on the work of one is done by the other. */
    void replace(TestSubscriber dead, TestSubscriber successor) {
        subscribers.replaceAll(one -> one == dead ? successor : one);
    }

    void settle() {
        settleExcept(null);
    }

    /** Lets the order service send what it must, waits for the subscribers, and draws up the account. */
    void settleExcept(OrderEvent homeless) {
        Eventually.within(RECOVERY)
                .until("every saved event is confirmed", () -> resend(homeless))
                .orElse(() -> Wrong.that("Events that were saved are never confirmed, though the broker is back")
                        .seen("unpublished: " + ids(shop.store.unpublished()) + " after " + RECOVERY.toSeconds()
                                + " s of resendUnpublished()")
                        .means("The orders stand in the shop, and nobody ever hears of them.")
                        .suspect("a channel that is not opened again after the connection was lost"));
        for (TestSubscriber subscriber : subscribers) {
            Eventually.within(RECOVERY)
                    .until(
                            subscriber.name() + " has handled everything",
                            () -> handledAll(subscriber) || !renamed(subscriber).isEmpty())
                    .orElse(() -> lost(subscriber));
            expectNoneRenamed(subscriber);
        }
        Eventually.within(RECOVERY)
                .until(
                        "the queues are empty",
                        () -> subscribers.stream()
                                .allMatch(one -> shop.queues().depth(shop.names.queue(one.name())) == 0))
                .orElse(() -> Wrong.that("Events wait in a queue, and nobody takes them"));
        check();
        Problems.throwIfAny();
    }

    private boolean resend(OrderEvent homeless) throws Exception {
        try {
            shop.orders().resendUnpublished();
        } catch (RuntimeException brokerIsAway) {
            Publishes.rethrowTodo(brokerIsAway);
        }
        return shop.store.unpublished().stream()
                .allMatch(event -> homeless != null && event.eventId().equals(homeless.eventId()));
    }

    private void check() {
        List<Subscription> places = subscribers.stream()
                .map(subscriber -> Subscription.to(subscriber.name()))
                .collect(Collectors.toList());
        Verdict verdict = Checkers.duplicated(shop.history().events(), places);
        if (!verdict.findings().isEmpty()) {
            Finding finding = verdict.findings().get(0);
            throw Wrong.that(finding.guarantee() + ": " + String.join(", ", finding.messageIds()) + " at "
                            + finding.where())
                    .seen(finding.observed())
                    .means(finding.inProduction())
                    .suspect(finding.usually());
        }
        subscribers.forEach(this::expectNoneRenamed);
    }

    private boolean handledAll(TestSubscriber subscriber) {
        return expected.stream().allMatch(event -> subscriber.effects(event.eventId()) > 0);
    }

    /** Events that were handled under an id that the order service never saved. */
    private List<OrderEvent> renamed(TestSubscriber subscriber) {
        Set<String> saved = expected.stream().map(OrderEvent::eventId).collect(Collectors.toSet());
        return subscriber.handled().stream()
                .filter(event -> !saved.contains(event.eventId()))
                .toList();
    }

    private void expectNoneRenamed(TestSubscriber subscriber) {
        for (OrderEvent stranger : renamed(subscriber)) {
            throw Wrong.that("An order was sent again as another event")
                    .seen(stranger.orderId() + " was saved with event "
                            + shop.store.eventOf(stranger.orderId()).eventId() + "; " + subscriber.name()
                            + " handled it as " + stranger.eventId())
                    .means(
                            "The first copy may have arrived. The second has another id, so no inbox can know it: the order"
                                    + " is shipped twice.")
                    .suspect("a new event made for each attempt to send");
        }
    }

    private Wrong lost(TestSubscriber subscriber) {
        List<OrderEvent> missing = expected.stream()
                .filter(event -> subscriber.effects(event.eventId()) == 0)
                .toList();
        return Wrong.that("Events were lost on the way to " + subscriber.name())
                .seen("confirmed and never handled: " + ids(missing) + "; first of them: "
                        + shop.whereabouts(subscriber, missing.isEmpty() ? expected.get(0) : missing.get(0)))
                .means("The customer has paid, and " + subscriber.name() + " does not know of the order.")
                .suspect(
                        "marked as published without a confirm, an ack before the work, a transient message, or a consumer"
                                + " that is gone since the fault");
    }

    private static List<String> ids(List<OrderEvent> events) {
        return events.stream().map(OrderEvent::eventId).toList();
    }
}
