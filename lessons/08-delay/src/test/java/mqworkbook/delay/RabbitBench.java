package mqworkbook.delay;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import mqworkbook.delay.order.DelayNames;
import mqworkbook.delay.order.DelayPolicy;
import mqworkbook.delay.order.TimeoutHandler;
import mqworkbook.delay.order.Timeouts;
import mqworkbook.workbench.rabbitmq.RabbitMqClient;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.WireMessage;

/** Timeouts in RabbitMQ. */
final class RabbitBench extends Bench {

    static final int PREFETCH = 5;
    static final Duration PAUSE = Duration.ofMillis(60);
    static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(3);

    final DelayNames names;
    final DelayPolicy policy;
    private final RabbitMqFixture rabbit;
    private final Set<String> watched = new HashSet<>();
    private final Set<String> queues = new TreeSet<>();

    private RabbitBench(RabbitMqFixture rabbit, Duration confirmTimeout, List<Duration> buckets) {
        this.rabbit = rabbit;
        this.names = new DelayNames(rabbit.prefix());
        this.policy = DelayPolicy.of(buckets, confirmTimeout);
    }

    /** With a single bucket. */
    static RabbitBench single(RabbitMqFixture rabbit, Duration bucket, Duration confirmTimeout) {
        return new RabbitBench(rabbit, confirmTimeout, List.of(bucket));
    }

    /** With buckets from a blink to ten minutes. */
    static RabbitBench mixed(RabbitMqFixture rabbit) {
        List<Duration> buckets =
                List.of(Duration.ofMillis(30), Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofMinutes(10));
        return new RabbitBench(rabbit, CONFIRM_TIMEOUT, buckets);
    }

    RabbitMqFixture rabbit() {
        return rabbit;
    }

    synchronized RabbitMqClient client(String process) {
        RabbitMqClient client = rabbit.client(process);
        if (watched.add(process)) {
            // Never true: the rule only looks.
            client.relay().on(Direction.TO_BROKER, this::seen).drop();
        }
        return client;
    }

    /** Runs the learner's topology code as a deployment does: connect, declare, disconnect. */
    RabbitBench declare() throws Exception {
        try (Connection connection = client("deployment").factory().newConnection("deployment");
                Channel channel = connection.createChannel()) {
            new WaitQueues(names, policy).declare(channel);
        }
        return this;
    }

    TimeoutPublisher publisher(String process) throws Exception {
        Connection connection = client(process).factory().newConnection(process);
        return new TimeoutPublisher(connection, names, policy.confirmTimeout());
    }

    TimeoutConsumer consumer(String process, TimeoutHandler handler) {
        return new TimeoutConsumer(client(process).factory(), names, handler, PREFETCH, PAUSE);
    }

    /** Starts a consumer in a process. */
    TimeoutConsumer consume(String process) throws Exception {
        TimeoutConsumer consumer = consumer(process, firings.of(process));
        consumer.start();
        return consumer;
    }

    @Override
    Timeouts newTimeouts(String process) {
        return new RabbitMqTimeouts(client(process).factory(), names, policy, clock);
    }

    /** Its timers count in milliseconds of their own. */
    @Override
    Duration precision() {
        return Duration.ofMillis(5);
    }

    @Override
    void cutOff(String process) {
        rabbit.history().fault(process + " dies");
        client(process).die();
    }

    @Override
    int connections(String process) {
        return client(process).openConnections();
    }

    /** How many messages are in the queues that were declared beside that of what is due. */
    long waiting() {
        return waitQueues().stream()
                .mapToLong(queue -> rabbit.queues().depth(queue))
                .sum();
    }

    synchronized List<String> waitQueues() {
        return queues.stream().filter(queue -> !queue.equals(names.dueQueue())).toList();
    }

    @Override
    String whereabouts() {
        return waiting() + " messages in wait queues, " + rabbit.queues().depth(names.dueQueue()) + " in "
                + names.dueQueue() + " with " + rabbit.queues().consumers(names.dueQueue()) + " consumers";
    }

    /** The fixture cuts all connections off; a close that waits for an answer would only take time. */
    @Override
    void end(Timeouts timeouts) {}

    private synchronized boolean seen(WireMessage message) {
        if (message.is("queue.declare")) {
            queues.add(message.field("queue"));
        }
        return false;
    }
}
