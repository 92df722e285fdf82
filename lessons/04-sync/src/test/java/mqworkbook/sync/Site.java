package mqworkbook.sync;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import mqworkbook.sync.user.InvalidEventException;
import mqworkbook.sync.user.SyncNames;
import mqworkbook.sync.user.UserEvent;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rocketmq.RocketMqClient;
import mqworkbook.workbench.rocketmq.RocketMqFixture;
import mqworkbook.workbench.rocketmq.Shutdown;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Rule;
import mqworkbook.workbench.wire.WireMessage;
import org.apache.rocketmq.client.consumer.DefaultLitePullConsumer;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.message.MessageExt;

/** The broker with the topic, the user service's database, and processes that come and go. */
final class Site implements AutoCloseable {

    static final Duration SOON = Duration.ofSeconds(10);
    static final int QUEUES = 4;

    private static final Duration SHOWN = Duration.ofSeconds(3);
    private static final int PERSIST_MILLIS = 100;
    private static final int POLL_MILLIS = 300;

    /** Longer than any wait here: a time-out of the client is nobody's subject. */
    private static final int SEND_MILLIS = 8_000;

    private final RocketMqFixture broker;
    private final SyncNames names;
    private final UserStore users;
    private final Deque<Runnable> endings = new ArrayDeque<>();

    /** A message in the topic. */
    record Placed(int queue, long offset, String key, UserEvent event) {

        String userId() {
            return event.state().userId();
        }

        String text() {
            return "v" + event.state().version() + " in queue " + queue;
        }
    }

    /** A site on a fixture of its own, which is closed with it. */
    static Site open() {
        return new Site(RocketMqFixture.open(Brokers.forRun().require(BrokerKind.ROCKETMQ)));
    }

    private Site(RocketMqFixture broker) {
        this.broker = broker;
        this.names = new SyncNames(broker.prefix());
        this.users = new UserStore();
        broker.topics().create(names.users(), QUEUES);
        Eventually.within(SOON)
                .until("the topic is known", () -> isKnown(names.users()))
                .orElse(() -> new IllegalStateException("The topic is not known to the name server"));
    }

    private boolean isKnown(String topic) {
        try {
            broker.topics().read(topic);
            return true;
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    RocketMqFixture broker() {
        return broker;
    }

    RocketMqClient client(String process) {
        return broker.client(process);
    }

    SyncNames names() {
        return names;
    }

    UserStore users() {
        return users;
    }

    /** A user service that is never disturbed. */
    UserService userService() {
        return new UserService(users.process("user service").dataSource(), () -> {});
    }

    DefaultMQProducer producer(String process) {
        RocketMqClient client = client(process);
        DefaultMQProducer producer = new DefaultMQProducer(
                broker.prefix() + "producers", client.login().orElse(null));
        producer.setNamesrvAddr(client.nameServer());
        producer.setInstanceName(broker.prefix() + process + Store.number());
        producer.setSendMsgTimeout(SEND_MILLIS);
        try {
            producer.start();
        } catch (MQClientException e) {
            throw new IllegalStateException("The judge's producer does not start", e);
        }
        endings.push(producer::shutdown);
        return producer;
    }

    /** Knows the broker and its group, and nothing else; not started. */
    DefaultMQPushConsumer pushConsumer(String process, String service) {
        RocketMqClient client = client(process);
        DefaultMQPushConsumer consumer = new DefaultMQPushConsumer(
                names.replicaOf(service), client.login().orElse(null));
        consumer.setNamesrvAddr(client.nameServer());
        consumer.setInstanceName(broker.prefix() + process + Store.number());
        // What it acknowledges is soon at the broker: in a cluster it may take seconds.
        consumer.setPersistConsumerOffsetInterval(PERSIST_MILLIS);
        // The topic of what comes again is made when something does; the client looks for it every 30 s.
        consumer.setPollNameServerInterval(POLL_MILLIS);
        return consumer;
    }

    /** Knows the broker and its group, and nothing else; not started. */
    DefaultLitePullConsumer pullConsumer(String process, String service) {
        RocketMqClient client = client(process);
        DefaultLitePullConsumer consumer = new DefaultLitePullConsumer(
                names.replicaOf(service), client.login().orElse(null));
        consumer.setNamesrvAddr(client.nameServer());
        consumer.setInstanceName(broker.prefix() + process);
        return consumer;
    }

    /** Waits until a process has told the broker twice, of each queue, how far it is; not longer than that may take. */
    void awaitProgressTold(String process) throws InterruptedException {
        CountDownLatch told = new CountDownLatch(2 * QUEUES + 1);
        Rule watching = client(process)
                .relay()
                .on(Direction.TO_BROKER, message -> {
                    if (message.is("UPDATE_CONSUMER_OFFSET")) {
                        told.countDown();
                    }
                    return false;
                })
                .drop();
        told.await(10L * PERSIST_MILLIS, TimeUnit.MILLISECONDS);
        watching.cancel();
    }

    OutboxRelay relay(DatabaseActor process, DefaultMQProducer producer) {
        return new OutboxRelay(users.ofRelay(process), producer, names);
    }

    OutboxRelay relay(String process) {
        return relay(users.process(process), producer(process));
    }

    /** Calls a relay until nothing is left to be sent. */
    void drain(OutboxRelay relay, String situation) {
        Eventually.within(SOON)
                .until("all is sent", () -> {
                    relay.relay();
                    return users.unsent() == 0;
                })
                .orElse(() -> Wrong.that("Events stay in the outbox for ever")
                        .seen(situation + "; after " + SOON.toSeconds() + " s of calls to relay(): "
                                + users.outbox().stream()
                                        .filter(entry -> !entry.sent())
                                        .map(entry ->
                                                entry.event().state().userId() + " " + UserStore.text(entry.event()))
                                        .toList())
                        .means("The replicas show what was true last week.")
                        .suspect("a claim that nobody takes over, or an exception at the first row"));
    }

    /** Whether this is a message on its way to the broker, or the broker's answer to it. */
    static boolean isSend(WireMessage message) {
        return message.name().startsWith("SEND_");
    }

    /** All that is in the topic now, queue by queue. */
    List<Placed> log() {
        List<Placed> placed = new ArrayList<>();
        for (MessageExt message : broker.topics().read(names.users())) {
            String text = new String(message.getBody(), StandardCharsets.UTF_8);
            try {
                placed.add(new Placed(
                        message.getQueueId(),
                        message.getQueueOffset(),
                        message.getKeys() == null ? "" : message.getKeys(),
                        UserEvent.parse(text)));
            } catch (InvalidEventException e) {
                throw Wrong.that("The topic holds a message that is no event")
                        .seen("offset " + message.getQueueOffset() + " of queue " + message.getQueueId() + ": \"" + text
                                + "\"")
                        .means("No other service can read it: UserEvent.text(), in UTF-8, is the agreement.");
            }
        }
        return placed;
    }

    List<Placed> log(String userId) {
        return log().stream().filter(message -> message.userId().equals(userId)).toList();
    }

    /** What is noted as sent is at the broker. */
    void expectSentIsThere(String situation) {
        Set<UserEvent> unsent = users.outbox().stream()
                .filter(entry -> !entry.sent())
                .map(UserStore.Entry::event)
                .collect(Collectors.toSet());
        List<UserEvent> sent =
                users.everIn().stream().filter(event -> !unsent.contains(event)).toList();
        expectThere(sent, situation + "; it is noted as sent");
    }

    /** All events of the user are at the broker, in one queue, and the first copies of them in order. */
    void expectPublished(String userId, String situation) {
        expectThere(users.everIn(userId), situation);
        expectOrder(userId, situation);
    }

    /** A broker that has acknowledged a message shows it to readers a moment later. */
    private void expectThere(List<UserEvent> events, String situation) {
        Eventually.within(SHOWN)
                .until("all are there", () -> missing(events).isEmpty())
                .orElse(() -> missing(events).stream()
                        .findFirst()
                        .map(event -> lost(event, situation))
                        .orElseGet(() -> Wrong.that("The broker is too slow to be judged")
                                .seen(situation)));
    }

    private List<UserEvent> missing(List<UserEvent> events) {
        Set<String> there =
                log().stream().map(message -> message.event().eventId()).collect(Collectors.toSet());
        return events.stream().filter(event -> !there.contains(event.eventId())).toList();
    }

    private Wrong lost(UserEvent event, String situation) {
        String userId = event.state().userId();
        return Wrong.that("An event is not at the broker, and nobody will send it (" + userId + ")")
                .seen(situation + "; missing: " + UserStore.text(event) + " of " + userId + "; in the topic: "
                        + log(userId).stream().map(Placed::text).toList())
                .means("The change is lost to every replica, though table and outbox are whole.")
                .suspect("noted as sent before the broker had it, or passed over: \"the last id that I have seen\"");
    }

    /** What is at the broker of the user is in one queue, and no event is there whose predecessor is not. */
    void expectOrder(String userId, String situation) {
        List<Placed> log = log(userId);
        Set<Integer> queues = log.stream().map(Placed::queue).collect(Collectors.toSet());
        if (queues.size() > 1) {
            throw Wrong.that("The events of one user are in several queues (" + userId + ")")
                    .seen(situation + "; " + log.stream().map(Placed::text).toList())
                    .means("Queues are read by different threads and processes: the move is applied, and then the"
                            + " registration.")
                    .suspect(
                            "send() without a selector goes round robin; or a selector that looks at the event, not the"
                                    + " user");
        }
        List<UserEvent> expected = users.everIn(userId);
        Set<String> seen = new HashSet<>();
        int next = 0;
        for (Placed message : log) {
            if (!seen.add(message.event().eventId())) {
                continue;
            }
            if (next >= expected.size() || !expected.get(next).equals(message.event())) {
                throw Wrong.that("An event has overtaken an earlier one of the same user (" + userId + ")")
                        .seen(situation + "; in the topic: "
                                + log.stream().map(Placed::text).toList() + "; in the outbox: "
                                + expected.stream().map(UserStore::text).toList())
                        .means("Between the two, every replica shows a state that never was.")
                        .suspect("the relay goes on with later rows of a user after one has failed, or while another"
                                + " relay still has one in its hands");
            }
            next++;
        }
    }

    /** The process is gone: from the broker and from the database. */
    void kill(String process, DatabaseActor database) {
        database.die();
        client(process).die();
    }

    /** To be ended with the site. */
    void atTheEnd(Runnable ending) {
        endings.push(ending);
    }

    @Override
    public void close() {
        endings.forEach(ending -> Shutdown.behind(ending::run));
        endings.clear();
        broker.close();
    }
}
