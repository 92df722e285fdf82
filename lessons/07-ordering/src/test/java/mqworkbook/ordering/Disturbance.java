package mqworkbook.ordering;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import mqworkbook.ordering.shop.OrderEvent;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Relay;
import mqworkbook.workbench.wire.Rule;
import mqworkbook.workbench.wire.WireMessage;

/** What happens to the first of several changes that are under way from a node to Kafka. */
enum Disturbance {
    NONE("nothing is disturbed"),
    REQUEST_LOST("the request with the first of them was lost, the next came through, then the connection broke"),
    ANSWER_LOST("the answer to the first of them was lost, the next came through, then the connection broke");

    /** Publishers may have one request under way only; then the second one is not seen before the first is answered. */
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final String what;

    Disturbance(String what) {
        this.what = what;
    }

    String what() {
        return what;
    }

    /** Publishes the changes one after the other, without waiting for answers, while this happens. */
    List<CompletableFuture<Void>> during(
            KafkaShop shop, String node, KafkaOrderPublisher publisher, List<OrderEvent> changes) {
        List<CompletableFuture<Void>> sent = new ArrayList<>();
        if (this == NONE) {
            changes.forEach(change -> sent.add(publisher.publish(change)));
            return sent;
        }
        Relay wire = shop.wire(node);
        Direction lost = this == REQUEST_LOST ? Direction.TO_BROKER : Direction.TO_CLIENT;
        Rule rule = wire.on(lost, Disturbance::isProduce).drop();
        CountDownLatch answered = new CountDownLatch(this == REQUEST_LOST ? 1 : 2);
        shop.kafka().watchLost(passage -> {
            WireMessage message = passage.message();
            // The broker has dealt with it. The client never gets the answer: it waits for the one before.
            if (passage.relay().equals(wire.name())
                    && message.direction() == Direction.TO_CLIENT
                    && isProduce(message)) {
                answered.countDown();
            }
        });
        sent.add(publisher.publish(changes.get(0)));
        rule.awaitHit(Shop.SOON);
        changes.stream().skip(1).forEach(change -> sent.add(publisher.publish(change)));
        if (changes.size() > 1) {
            await(answered);
        }
        // Cuts the connection that has lost something.
        wire.heal();
        return sent;
    }

    private static boolean isProduce(WireMessage message) {
        return message.is("Produce");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(SECOND.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
