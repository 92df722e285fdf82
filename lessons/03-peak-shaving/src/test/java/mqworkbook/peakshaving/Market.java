package mqworkbook.peakshaving;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import mqworkbook.peakshaving.sale.InvalidPurchaseException;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.peakshaving.sale.SaleNames;
import mqworkbook.workbench.judge.TestClock;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.QueueProbe;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import mqworkbook.workbench.redis.RedisFixture;

/** Where sales take place: Redis, the queue, the database, and processes that come and go, each with wires of its own. */
final class Market {

    static final Duration SOON = Duration.ofSeconds(6);
    static final Duration QUIET = Duration.ofMillis(250);
    static final Duration CONFIRM_TIMEOUT = Duration.ofSeconds(3);
    static final Duration GRACE = Duration.ofMinutes(1);
    static final int QUEUE_LIMIT = 500;
    static final int CONCURRENCY = 3;
    static final int PREFETCH = 6;
    static final Duration PAUSE = Duration.ofMillis(30);

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final int NO_LIMIT = 1_000_000;

    final RedisFixture redis;
    final RabbitMqFixture rabbit;
    final SaleNames names;
    final TestClock clock = new TestClock();
    private Database database;

    Market(RedisFixture redis) {
        this(redis, null);
    }

    /** Both fixtures clear away what is made: Redis what has its prefix, RabbitMQ what was declared. */
    Market(RedisFixture redis, RabbitMqFixture rabbit) {
        this.redis = redis;
        this.rabbit = rabbit;
        this.names = new SaleNames(redis.prefix());
    }

    static int number() {
        return NUMBERS.incrementAndGet();
    }

    /** A sale of so many units that nobody has seen before. */
    Sale sale(int units) {
        return new Sale(this, "sale-" + number(), units);
    }

    Admission admission(String process) {
        return new Admission(redis.client(process).lettuce(), names, clock);
    }

    WinPublisher publisher(String process) throws Exception {
        return publisher(process, CONFIRM_TIMEOUT);
    }

    WinPublisher publisher(String process, Duration confirmTimeout) throws Exception {
        return new WinPublisher(rabbit.client(process).factory(), names, confirmTimeout);
    }

    /** A process of the shop, with a gate that lets everybody through. */
    FlashSale shop(String process) throws Exception {
        return shop(process, CONFIRM_TIMEOUT);
    }

    FlashSale shop(String process, Duration confirmTimeout) throws Exception {
        return new FlashSale(openGate(), admission(process), publisher(process, confirmTimeout));
    }

    static TokenBucket openGate() {
        return new TokenBucket(NO_LIMIT, NO_LIMIT, System::nanoTime);
    }

    OrderDrain drain(String process) {
        return drain(process, CONCURRENCY, PREFETCH);
    }

    OrderDrain drain(String process, int concurrency, int prefetch) {
        OrderBook book = new OrderBook(database().of(process));
        return new OrderDrain(rabbit.client(process).factory(), names, book, concurrency, prefetch, PAUSE);
    }

    Auditor auditor(String process) throws Exception {
        return new Auditor(
                redis.client(process).lettuce(), names, database().of(process), publisher(process), GRACE, clock);
    }

    /** Opened when somebody asks: the first to-do must not wait for a database. */
    Database database() {
        if (database == null) {
            database = new Database(CONCURRENCY + 1);
        }
        return database;
    }

    /** Runs the learner's code that makes the table, as a deployment script would. */
    void createTable() throws Exception {
        new OrderBook(database().of("deployment")).createTable();
    }

    /** Runs the learner's code that declares the queue, as a deployment script would. */
    void declareQueue(int limit) throws Exception {
        try (Connection connection = rabbit.client("deployment").factory().newConnection("deployment");
                Channel channel = connection.createChannel()) {
            new OrderQueue(names, limit).declare(channel);
        }
    }

    QueueProbe queues() {
        return rabbit.queues();
    }

    long waiting() {
        return queues().depth(names.orders());
    }

    /** Takes off the queue what waits there. */
    List<Purchase> takeWaiting() {
        List<Purchase> waiting = new ArrayList<>();
        queues().drain(names.orders()).forEach(message -> waiting.add(purchase(message.getBody())));
        return waiting;
    }

    /** Puts a purchase into the queue, as any process of the shop would. */
    void enqueue(Purchase purchase) {
        queues().publish("", names.orders(), bytes(purchase.text()));
    }

    /** The process is gone: from Redis and from RabbitMQ. */
    void kill(String process) {
        redis.client(process).die();
        if (rabbit != null) {
            rabbit.client(process).die();
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    static Purchase purchase(byte[] body) {
        String text = new String(body, java.nio.charset.StandardCharsets.UTF_8);
        try {
            return Purchase.parse(text);
        } catch (InvalidPurchaseException e) {
            throw Wrong.that("A message in the queue of purchases is none")
                    .seen("in the queue: \"" + text + "\"")
                    .means("Whoever makes orders of the purchases cannot read it.")
                    .suspect("another body than Purchase.text(), in UTF-8");
        }
    }
}
