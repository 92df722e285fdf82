package mqworkbook.decoupling;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import mqworkbook.decoupling.shop.Order;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.decoupling.shop.OrderNames;
import mqworkbook.workbench.history.History;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.QueueProbe;
import mqworkbook.workbench.rabbitmq.RabbitMqClient;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;

/** One shop with its order service and its subscribers, each behind a wire of its own. */
final class Shop implements AutoCloseable {

    static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(3);
    static final Duration SOON = Duration.ofSeconds(5);
    static final Duration QUIET = Duration.ofMillis(250);
    static final int PREFETCH = 5;

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    final OrderNames names;
    final TestOrderStore store = new TestOrderStore();
    private final RabbitMqFixture rabbit;
    private final Map<String, TestInbox> inboxes = new LinkedHashMap<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private OrderPublisher publisher;

    Shop(RabbitMqFixture rabbit) {
        this(rabbit, rabbit.prefix());
    }

    Shop(RabbitMqFixture rabbit, String prefix) {
        this.rabbit = rabbit;
        this.names = new OrderNames(prefix);
    }

    static Order order() {
        int number = NUMBERS.incrementAndGet();
        return new Order("O-" + number, "user-" + number % 7, new BigDecimal("19.90"));
    }

    static OrderEvent event(String type) {
        int number = NUMBERS.incrementAndGet();
        return new OrderEvent("E-" + number, type, 1, NOON, "O-" + number, "user-7", new BigDecimal("19.90"));
    }

    static OrderEvent placed() {
        return event(OrderEvent.PLACED);
    }

    static List<OrderEvent> placed(int count) {
        List<OrderEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(placed());
        }
        return events;
    }

    History history() {
        return rabbit.history();
    }

    QueueProbe queues() {
        return rabbit.queues();
    }

    /** How many deliveries this process has acknowledged or rejected. */
    int settled(String process) {
        return rabbit.settled(process);
    }

    /** How many deliveries this process has got. */
    int delivered(String process) {
        return rabbit.delivered(process);
    }

    RabbitMqClient client(String actor) {
        return rabbit.client(actor);
    }

    /** Runs the learner's topology code as a deployment script would: connect, declare, disconnect. */
    void declare(TestSubscriber... subscribers) throws Exception {
        Topology topology = new Topology(names);
        try (Connection connection = client("topology").factory().newConnection("topology");
                Channel channel = connection.createChannel()) {
            topology.declareExchanges(channel);
            for (TestSubscriber subscriber : subscribers) {
                topology.declareSubscriber(channel, subscriber.name(), subscriber.bindingKeys());
            }
        }
    }

    TestSubscriber subscriber(String name, String... bindingKeys) {
        return new TestSubscriber(name, history(), bindingKeys);
    }

    synchronized OrderPublisher publisher() throws Exception {
        if (publisher == null) {
            openPublisher(CONFIRM_TIMEOUT);
        }
        return publisher;
    }

    void openPublisher(Duration confirmTimeout) throws Exception {
        publisher = new OrderPublisher(client("publisher").factory(), names, confirmTimeout);
        opened.add(publisher);
    }

    OrderService orders() throws Exception {
        return new OrderService(store, publisher(), Clock.systemUTC());
    }

    /** The subscriber's database, the same for every process of that subscriber. */
    TestInbox inbox(TestSubscriber subscriber) {
        return inboxes.computeIfAbsent(subscriber.name(), name -> new TestInbox());
    }

    SubscriberRunner run(TestSubscriber subscriber) throws Exception {
        return run(subscriber, subscriber.name());
    }

    /** Starts a process of the subscriber; each process has a client of its own. */
    SubscriberRunner run(TestSubscriber subscriber, String process) throws Exception {
        SubscriberRunner runner =
                new SubscriberRunner(client(process).factory(), names, subscriber, inbox(subscriber), PREFETCH);
        opened.add(runner);
        runner.start();
        return runner;
    }

    SubscriberRunner join(TestSubscriber subscriber) throws Exception {
        return join(subscriber, subscriber.name());
    }

    SubscriberRunner join(TestSubscriber subscriber, String process) throws Exception {
        SubscriberRunner runner =
                new Subscribers(client(process).factory(), names, PREFETCH).join(subscriber, inbox(subscriber));
        opened.add(runner);
        return runner;
    }

    /** The process dies: its connections are gone, its transactions rolled back, its work without effect. */
    void kill(TestSubscriber subscriber, String process) {
        history().fault(process + " dies");
        client(process).die();
        inbox(subscriber).crash();
        subscriber.die();
    }

    /** Publishes to the exchange as any other program would. */
    void publishFromOutside(OrderEvent event) {
        history().attempted("judge", event.eventId());
        queues().publish(names.exchange(), event.type(), Json.of(event));
        history().confirmed("judge", event.eventId());
    }

    void expectEffect(TestSubscriber subscriber, OrderEvent event) {
        Eventually.within(SOON)
                .until(subscriber.name() + " handles " + event.eventId(), () -> subscriber.effects(event.eventId()) > 0)
                .orElse(() -> Wrong.that(subscriber.name() + " never handled " + event.eventId())
                        .seen("published and confirmed " + event.type() + " " + event.eventId() + "; after "
                                + SOON.toSeconds() + " s: " + whereabouts(subscriber, event))
                        .means("The order stands in the shop, and " + subscriber.name() + " does not know of it."));
    }

    /** Where an event is, in one line. */
    String whereabouts(TestSubscriber subscriber, OrderEvent event) {
        return subscriber.attempts(event.eventId()) + " attempts, " + subscriber.effects(event.eventId())
                + " effects; " + queues().depth(names.queue(subscriber.name())) + " waiting in "
                + names.queue(subscriber.name()) + " with "
                + queues().consumers(names.queue(subscriber.name())) + " consumers, "
                + queues().depth(names.deadLetterQueue(subscriber.name())) + " in its dead-letter queue";
    }

    /** The learner's close() of everything that was opened here and is not dead; then nothing may be connected. */
    void closeAndCheckForLeaks() throws Exception {
        closeOpened();
        for (String actor : List.of("publisher", "inventory", "points", "fraud-check", "topology")) {
            RabbitMqClient client = client(actor);
            Eventually.within(Duration.ofSeconds(2))
                    .until(actor + " is disconnected", () -> client.openConnections() == 0)
                    .orElse(() -> Wrong.that(actor + " was closed and is still connected to the broker")
                            .seen(client.openConnections() + " open connection(s) after close()")
                            .means("Each deploy and each reload leaves a connection behind, until the broker is out of"
                                    + " file descriptors.")
                            .suspect("a Connection that close() does not close"));
        }
    }

    private void closeOpened() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        opened.clear();
        publisher = null;
    }

    @Override
    public void close() {
        rabbit.close();
    }
}
