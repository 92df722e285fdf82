// Alternative: confirms waited for a batch at a time, on a channel for each calling thread. Simpler than
// callbacks, and nearly as quick; a whole batch is in doubt when its wait fails.
package mqworkbook.decoupling;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeoutException;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.decoupling.shop.OrderNames;
import mqworkbook.decoupling.shop.Outcome;
import mqworkbook.decoupling.shop.PublishException;

/** Publishes order events so that the caller knows what became of each. Many threads use one publisher. */
public final class OrderPublisher implements AutoCloseable {

    private static final int BATCH = 20;

    private final Connection connection;
    private final OrderNames names;
    private final Duration confirmTimeout;
    private final EventCodec codec = new EventCodec();
    private final ConcurrentLinkedQueue<Lane> idle = new ConcurrentLinkedQueue<>();

    /** A channel with what the broker said on it; one thread has it at a time. */
    private record Lane(Channel channel, Set<String> returned, NavigableSet<Long> open, Set<Long> nacked) {}

    public OrderPublisher(ConnectionFactory broker, OrderNames names, Duration confirmTimeout)
            throws IOException, TimeoutException {
        this.connection = broker.newConnection("order publisher");
        this.names = names;
        this.confirmTimeout = confirmTimeout;
    }

    /**
     * Publishes one event; returns when the broker has confirmed it.
     *
     * @throws PublishException with {@link Outcome#REFUSED} if no queue took the event, with {@link Outcome#UNKNOWN}
     *     if there was no answer within the confirm time-out
     */
    public void publish(OrderEvent event) {
        Outcome outcome = publishAll(List.of(event)).get(event.eventId());
        if (outcome != Outcome.CONFIRMED) {
            throw new PublishException(event.eventId(), outcome, event.eventId() + ": " + outcome);
        }
    }

    /** Publishes many events, a batch at a time. */
    public Map<String, Outcome> publishAll(List<OrderEvent> events) {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        for (int from = 0; from < events.size(); from += BATCH) {
            publishBatch(events.subList(from, Math.min(events.size(), from + BATCH)), outcomes);
        }
        return outcomes;
    }

    /** Gives the connection back. */
    @Override
    public void close() throws IOException {
        connection.close();
    }

    private void publishBatch(List<OrderEvent> events, Map<String, Outcome> outcomes) {
        events.forEach(event -> outcomes.put(event.eventId(), Outcome.UNKNOWN));
        Lane lane = null;
        try {
            lane = lane();
            Map<Long, String> sent = new LinkedHashMap<>();
            for (OrderEvent event : events) {
                long sequence = lane.channel().getNextPublishSeqNo();
                sent.put(sequence, event.eventId());
                lane.open().add(sequence);
                lane.channel()
                        .basicPublish(names.exchange(), event.type(), true, properties(event), codec.write(event));
            }
            lane.channel().waitForConfirms(confirmTimeout.toMillis());
            for (Map.Entry<Long, String> one : sent.entrySet()) {
                boolean refused =
                        lane.returned().remove(one.getValue()) | lane.nacked().remove(one.getKey());
                outcomes.put(one.getValue(), refused ? Outcome.REFUSED : Outcome.CONFIRMED);
            }
            idle.add(lane);
        } catch (IOException | TimeoutException | ShutdownSignalException e) {
            // Not used again: a late answer on it could be taken for another batch's.
            discard(lane);
        } catch (InterruptedException e) {
            discard(lane);
            Thread.currentThread().interrupt();
        }
    }

    private static void discard(Lane lane) {
        if (lane != null) {
            try {
                lane.channel().abort();
            } catch (IOException e) {
                // It is gone already.
            }
        }
    }

    private Lane lane() throws IOException {
        for (Lane lane; (lane = idle.poll()) != null; ) {
            if (lane.channel().isOpen()) {
                return lane;
            }
        }
        Channel channel = connection.createChannel();
        Lane fresh = new Lane(
                channel, ConcurrentHashMap.newKeySet(), new ConcurrentSkipListSet<>(), ConcurrentHashMap.newKeySet());
        channel.confirmSelect();
        channel.addReturnListener(
                back -> fresh.returned().add(back.getProperties().getMessageId()));
        channel.addConfirmListener(
                (tag, multiple) -> answered(fresh, tag, multiple),
                (tag, multiple) -> fresh.nacked().addAll(answered(fresh, tag, multiple)));
        return fresh;
    }

    private static List<Long> answered(Lane lane, long tag, boolean multiple) {
        Set<Long> answered =
                multiple ? lane.open().headSet(tag, true) : lane.open().subSet(tag, true, tag, true);
        List<Long> sequences = List.copyOf(answered);
        answered.clear();
        return sequences;
    }

    private static AMQP.BasicProperties properties(OrderEvent event) {
        return new AMQP.BasicProperties.Builder()
                .deliveryMode(2)
                .messageId(event.eventId())
                .contentType("application/json")
                .build();
    }
}
