// Alternative: an event in doubt is sent again, under the same id, until it is confirmed or its time is over. The
// caller
// sees fewer doubts and waits longer for them; subscribers see more copies.
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.decoupling.shop.OrderNames;
import mqworkbook.decoupling.shop.Outcome;
import mqworkbook.decoupling.shop.PublishException;

/** Publishes order events so that the caller knows what became of each. Many threads use one publisher. */
public final class OrderPublisher implements AutoCloseable {

    private static final int PERSISTENT = 2;
    private static final boolean MANDATORY = true;
    private static final long RETRY_NANOS = 20_000_000;

    private final Connection connection;
    private final OrderNames names;
    private final Duration confirmTimeout;
    private final EventCodec codec = new EventCodec();

    // Guards the channel: a sequence number and its publish belong together, and a channel is not for many threads.
    private final Object channelLock = new Object();
    private Channel channel;
    private ConcurrentNavigableMap<Long, CompletableFuture<Outcome>> unconfirmed = new ConcurrentSkipListMap<>();

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
        long deadline = System.nanoTime() + confirmTimeout.toNanos();
        Outcome outcome = await(send(event), deadline);
        // The connection recovers by itself; a second copy has the same id, and no second effect.
        while (outcome == Outcome.UNKNOWN && System.nanoTime() < deadline) {
            LockSupport.parkNanos(RETRY_NANOS);
            outcome = await(send(event), deadline);
        }
        if (outcome != Outcome.CONFIRMED) {
            throw new PublishException(event.eventId(), outcome, event.type() + " " + event.eventId() + ": " + outcome);
        }
    }

    /**
     * Publishes many events without waiting for each; returns when every one has an outcome, at most about one confirm
     * time-out after the last was sent.
     *
     * @return the outcome for each event id
     */
    public Map<String, Outcome> publishAll(List<OrderEvent> events) {
        Map<String, CompletableFuture<Outcome>> sent = new LinkedHashMap<>();
        for (OrderEvent event : events) {
            sent.put(event.eventId(), send(event));
        }
        long deadline = System.nanoTime() + confirmTimeout.toNanos();
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        sent.forEach((eventId, answer) -> outcomes.put(eventId, await(answer, deadline)));
        return outcomes;
    }

    /** Gives the connection back. */
    @Override
    public void close() throws IOException {
        connection.close();
    }

    private CompletableFuture<Outcome> send(OrderEvent event) {
        byte[] body = codec.write(event);
        CompletableFuture<Outcome> answer = new CompletableFuture<>();
        synchronized (channelLock) {
            try {
                Channel open = openChannel();
                long sequence = open.getNextPublishSeqNo();
                // Known before it is sent: the confirm can be here before basicPublish returns.
                unconfirmed.put(sequence, answer);
                open.basicPublish(names.exchange(), event.type(), MANDATORY, properties(event, sequence), body);
            } catch (IOException | ShutdownSignalException e) {
                answer.complete(Outcome.UNKNOWN);
            }
        }
        return answer;
    }

    private Channel openChannel() throws IOException {
        if (channel == null || !channel.isOpen()) {
            // Numbers begin anew with each channel, so each has a map of its own.
            ConcurrentNavigableMap<Long, CompletableFuture<Outcome>> pending = new ConcurrentSkipListMap<>();
            Channel fresh = connection.createChannel();
            fresh.confirmSelect();
            fresh.addReturnListener(returned -> refuse(pending, returned.getProperties()));
            fresh.addConfirmListener(
                    (tag, multiple) -> answer(pending, tag, multiple, Outcome.CONFIRMED),
                    (tag, multiple) -> answer(pending, tag, multiple, Outcome.REFUSED));
            fresh.addShutdownListener(cause -> answer(pending, Long.MAX_VALUE, true, Outcome.UNKNOWN));
            channel = fresh;
            unconfirmed = pending;
        }
        return channel;
    }

    private static AMQP.BasicProperties properties(OrderEvent event, long sequence) {
        return new AMQP.BasicProperties.Builder()
                .deliveryMode(PERSISTENT)
                .contentType("application/json")
                .type(event.type())
                .messageId(event.eventId())
                // A return carries no sequence number; this tells which publish came back.
                .correlationId(Long.toString(sequence))
                .build();
    }

    // The return of an unroutable event comes before its confirm, which is an ack nevertheless.
    private static void refuse(
            ConcurrentNavigableMap<Long, CompletableFuture<Outcome>> pending, AMQP.BasicProperties returned) {
        CompletableFuture<Outcome> answer = pending.get(Long.parseLong(returned.getCorrelationId()));
        if (answer != null) {
            answer.complete(Outcome.REFUSED);
        }
    }

    private static void answer(
            ConcurrentNavigableMap<Long, CompletableFuture<Outcome>> pending,
            long tag,
            boolean multiple,
            Outcome outcome) {
        Map<Long, CompletableFuture<Outcome>> answered =
                multiple ? pending.headMap(tag, true) : pending.subMap(tag, true, tag, true);
        answered.values().forEach(answer -> answer.complete(outcome));
        answered.clear();
    }

    private static Outcome await(CompletableFuture<Outcome> answer, long deadline) {
        try {
            return answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.UNKNOWN;
        } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
            return Outcome.UNKNOWN;
        }
    }
}
