package mqworkbook.sync;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import mqworkbook.sync.user.EventHandler;
import mqworkbook.sync.user.UserEvent;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.judge.Wrong;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.Message;

/** Consumers of one group whose handler is the judge's: it notes, fails, and dies when it is told to. */
final class Listening {

    private static final Duration AGAIN = Duration.ofSeconds(15);

    static final String SERVICE = "order-service";

    private final Site site;
    private final Queue<UserEvent> handled = new ConcurrentLinkedQueue<>();
    private final Set<String> failed = ConcurrentHashMap.newKeySet();
    private volatile UserEvent sick;
    private DefaultMQProducer producer;

    Listening(Site site) {
        this.site = site;
    }

    /** Puts events into the topic, each of another user. */
    List<UserEvent> publish(int count) throws Exception {
        List<UserEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            UserEvent event = Events.registered("U-" + Store.number(), 1);
            events.add(event);
            publish(i % Site.QUEUES, event);
        }
        return events;
    }

    void publish(int queue, UserEvent event) throws Exception {
        publish(queue, event.text().getBytes(StandardCharsets.UTF_8));
    }

    /** Puts anything into one of the topic's queues. */
    void publish(int queue, byte[] body) throws Exception {
        if (producer == null) {
            producer = site.producer("publisher");
        }
        producer.send(
                new Message(site.names().users(), body),
                (queues, message, index) -> queues.stream()
                        .filter(each -> each.getQueueId() == (int) index)
                        .findFirst()
                        .orElseThrow(),
                queue);
    }

    void start(String process) throws MQClientException {
        start(process, this::handle);
    }

    private void start(String process, EventHandler handler) throws MQClientException {
        DefaultMQPushConsumer client = site.pushConsumer(process, SERVICE);
        EventConsumer consumer = new EventConsumer(client, site.names(), handler);
        consumer.start();
        site.atTheEnd(consumer::close);
    }

    /** Starts a process that dies while it handles this event. */
    void startAndDie(String process, UserEvent event) throws Exception {
        CountDownLatch handling = new CountDownLatch(1);
        CountDownLatch dead = new CountDownLatch(1);
        start(process, each -> {
            if (each.equals(event)) {
                handling.countDown();
                dead.await();
            }
            throw new ProcessDied(process);
        });
        Eventually.within(Site.SOON)
                .until("it handles the event", () -> handling.getCount() == 0)
                .orElse(() -> never(event, "it was in the topic when the service started"));
        // An acknowledgement that was given too early gets through.
        site.awaitProgressTold(process);
        site.client(process).die();
        dead.countDown();
    }

    /** From now on this event fails. */
    void failOn(UserEvent event) {
        sick = event;
    }

    void recover() {
        sick = null;
    }

    private void handle(UserEvent event) {
        if (event.equals(sick)) {
            failed.add(event.eventId());
            throw new IllegalStateException("the database is away");
        }
        handled.add(event);
    }

    void expectFailed(UserEvent event) {
        Eventually.within(Site.SOON)
                .until("it has failed", () -> failed.contains(event.eventId()))
                .orElse(() -> never(event, "it was sent while the service was running"));
    }

    void expectHandled(List<UserEvent> events, String situation) {
        expectHandled(events, situation, Site.SOON);
    }

    /** What comes again has been through a topic of its own, which is made meanwhile. */
    void expectRedelivered(UserEvent event, String situation) {
        expectHandled(List.of(event), situation, AGAIN);
    }

    private void expectHandled(List<UserEvent> events, String situation, Duration limit) {
        Eventually.within(limit)
                .until("all are handled", () -> handled.containsAll(events))
                .orElse(() -> {
                    Set<UserEvent> done = Set.copyOf(handled);
                    List<UserEvent> missing = events.stream()
                            .filter(event -> !done.contains(event))
                            .toList();
                    return never(
                            missing.get(0),
                            situation + "; handled: " + (events.size() - missing.size()) + " of "
                                    + events.size() + ", missing: "
                                    + missing.stream().map(UserEvent::eventId).collect(Collectors.joining(", "))
                                    + "; " + limit.toSeconds() + " s have passed");
                });
    }

    private static Wrong never(UserEvent event, String situation) {
        return Wrong.that("An event in the topic is never handled (" + event.eventId() + ")")
                .seen(situation)
                .means("The replica lacks a change, and nothing tells that it does.")
                .suspect(
                        "acknowledged before it was handled, or although it was not; only the first of a batch looked at;"
                                + " or a queue that waits for a message that will never succeed");
    }
}
