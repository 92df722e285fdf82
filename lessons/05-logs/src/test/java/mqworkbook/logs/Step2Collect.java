package mqworkbook.logs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import mqworkbook.logs.line.Level;
import mqworkbook.logs.line.LogLine;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.kafka.KafkaFixture;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Relay;
import mqworkbook.workbench.wire.Rule;
import mqworkbook.workbench.wire.WireEvent;
import mqworkbook.workbench.wire.WireMessage;
import mqworkbook.workbench.wire.kafka.KafkaPart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step2Collect {

    private static final Duration IMPATIENT = Duration.ofMillis(700);
    private static final int ROOM = 100;

    private final List<WireMessage> sent = Collections.synchronizedList(new ArrayList<>());
    private Site site;
    private Relay relay;
    private Collector collector;

    @AfterEach
    void close() {
        if (collector != null) {
            collector.close();
        }
    }

    @Test
    @Order(1)
    @DisplayName("with no broker at all the application never waits, and every line is accounted for")
    void noBroker() {
        collector = Collector.withoutBroker(ROOM, IMPATIENT);
        if (collector.counts().offered() != 0) {
            throw Wrong.that("A collector counts lines that nobody has logged")
                    .seen(collector.counts().toString());
        }
        for (Level level : List.of(Level.INFO, Level.ERROR, Level.DEBUG)) {
            collector.log(mixed(level, 3, 500));
        }
        collector.expectOffered();
        if (collector.counts().delivered() > 0) {
            throw Wrong.that("Lines are counted as delivered, and no broker is there")
                    .seen(collector.counts().toString())
                    .suspect("counted when send() returns: it only puts the line into a buffer");
        }
        collector.expectBounded();
        collector.expectClosed();
        collector.log(Lines.lines(Lines.app(), Level.ERROR, 3));
        collector.expectSettled();
    }

    @Test
    @Order(2)
    @DisplayName("lines go together, compressed, keyed by application, and are delivered when all replicas have them")
    void batched(KafkaFixture kafka) {
        open(kafka, 10_000, Collector.PATIENT);
        collector.log(mixed(Level.INFO, 3, 300));
        Eventually.within(Collector.SETTLED)
                .until("the lines have gone", () -> collector.counts().waiting() == 0 || tooManyBatches())
                .orElse(() -> Wrong.that("Lines stay where they are, though the broker is there")
                        .seen(collector.counts() + " after " + Collector.SETTLED.toSeconds() + " s; "
                                + batches().size() + " batches were sent"));
        if (tooManyBatches()) {
            throw Wrong.that("Lines go to the broker one by one")
                    .seen("of " + collector.logged().size() + " lines "
                            + batches().stream()
                                    .mapToLong(batch -> Long.parseLong(batch.field("record-count")))
                                    .sum()
                            + " were sent, in " + batches().size() + " batches")
                    .means(
                            "A hundred services with a thousand lines a second each: the broker does nothing but answer.")
                    .suspect("the answer is awaited before the next line is sent, flush() for each line, or"
                            + " batch.size=0");
        }
        collector.expectSettled();
        accounts().check();
        expectDelivered("the log is there, and there is room for all");
        for (WireMessage request : sent) {
            if (!request.field("acks").equals("-1")) {
                throw Wrong.that("The log's answer does not mean that a line is safe")
                        .seen("lines were sent with acks=" + request.field("acks") + ", and counted as delivered")
                        .means("One broker has them in memory, or is not even asked. It dies, and they are gone; the"
                                + " counts say that all is well.")
                        .suspect("acks=1 or acks=0, \"for speed\"; the default is all");
            }
        }
        List<KafkaPart> batches = batches();
        if (batches.stream().anyMatch(batch -> batch.field("compression").isEmpty())) {
            throw Wrong.that("Lines are sent uncompressed")
                    .seen("a batch of " + batches.get(0).field("record-count") + " lines took "
                            + batches.get(0).field("record-bytes") + " bytes")
                    .means("Logs are text, and say the same all day: five times the network, five times the disk.")
                    .suspect("compression.type is none by default");
        }
    }

    @Test
    @Order(3)
    @Tag("fault")
    @DisplayName("an answer that is lost makes no second copy, and changes no order")
    void answerLost(KafkaFixture kafka) {
        open(kafka, 10_000, Collector.PATIENT);
        Rule lost =
                relay.on(Direction.TO_CLIENT, message -> message.is("Produce")).cutBefore();
        collector.log(mixed(Level.INFO, 2, 50));
        expectSent(lost);
        collector.log(mixed(Level.WARN, 2, 50));
        collector.expectSettled();
        accounts().check();
        expectDelivered("one answer was lost, and the client has all the time to ask again");
    }

    @Test
    @Order(4)
    @Tag("fault")
    @DisplayName("while the broker is away lines wait as long as there is room, and go when it is back")
    void waitsWhileThereIsRoom(KafkaFixture kafka) {
        site = new Site(kafka, 2);
        relay = kafka.client("collector").relay();
        relay.refuse();
        collector = new Collector(kafka.client("collector").settings(), site.topics(), ROOM, IMPATIENT);
        collector.log(mixed(Level.INFO, 2, ROOM / 4));
        Eventually.never(
                "no line is given up",
                IMPATIENT.plus(Site.QUIET),
                () -> collector.counts().dropped() + collector.counts().unknown() > 0,
                () -> Wrong.that("Lines are given up although there is room for them")
                        .seen("room for " + ROOM + " lines; the broker is away, the client has taken none: "
                                + collector.counts())
                        .means("The broker restarts, and each restart costs a few lines, though the buffer was empty.")
                        .suspect("send() fails after max.block.ms, before the client has taken the line: then it is"
                                + " known not to be sent, and can wait"));
        relay.heal();
        collector.expectSettled();
        accounts().check();
        if (collector.counts().dropped() > 0) {
            throw Wrong.that("Lines are dropped although there is room for them")
                    .seen("room for " + ROOM + " lines, and the broker is back: " + collector.counts());
        }
    }

    @Test
    @Order(5)
    @Tag("fault")
    @DisplayName("when there is no room the lowest levels go, exactly counted, and the errors arrive")
    void levelsGiveWay(KafkaFixture kafka) {
        site = new Site(kafka, 2);
        relay = kafka.client("collector").relay();
        relay.refuse();
        collector = new Collector(kafka.client("collector").settings(), site.topics(), ROOM, Collector.PATIENT);
        collector.log(Lines.lines(Lines.app(), Level.DEBUG, 10 * ROOM));
        collector.log(Lines.lines(Lines.app(), Level.ERROR, ROOM / 2));
        collector.log(Lines.lines(Lines.app(), Level.INFO, 10 * ROOM));
        collector.expectBounded();
        if (collector.counts(Level.ERROR).dropped() > 0) {
            throw Wrong.that("ERROR lines were refused while DEBUG lines wait in the same buffer")
                    .seen("room for " + ROOM + "; " + 10 * ROOM + " DEBUG, then " + ROOM / 2 + " ERROR, then "
                            + 10 * ROOM + " INFO; dropped of ERROR: "
                            + collector.counts(Level.ERROR).dropped())
                    .means("What explains the outage is thrown away to keep what nobody ever reads.")
                    .suspect("a buffer beside LineBuffer that knows no levels");
        }
        relay.heal();
        collector.expectSettled();
        accounts().check();
        if (collector.counts(Level.ERROR).delivered() != ROOM / 2) {
            throw Wrong.that("Errors that had their place in the buffer did not arrive")
                    .seen("ERROR: " + collector.counts(Level.ERROR));
        }
    }

    @Test
    @Order(6)
    @Tag("fault")
    @DisplayName("what the client gives up on is unknown, neither delivered nor dropped, and is not sent again")
    void inDoubt(KafkaFixture kafka) {
        openConnected(kafka, IMPATIENT);
        // Each time that it is sent: the client connects again, past the connection that is held.
        Rule answers = relay.on(Direction.TO_CLIENT, message -> message.is("Produce"))
                .every()
                .stall();
        List<LogLine> doubtful = mixed(Level.ERROR, 1, 5);
        collector.log(doubtful);
        expectSent(answers);
        collector.expect(
                "the client gives up", () -> collector.counts(Level.ERROR).waiting() == 0, () -> {
                    // It may go round and round.
                    accounts().checkOnce();
                    return Wrong.that("A line without an answer never comes to an end")
                            .seen("no answer from the broker; the client may try for " + IMPATIENT.toMillis()
                                    + " ms; after " + Site.SOON.toSeconds() + " s: " + collector.counts(Level.ERROR))
                            .means("The counts say \"on its way\" for ever.")
                            .suspect("delivery.timeout.ms is two minutes by default; or the failure is not counted");
                });
        relay.heal();
        collector.log(mixed(Level.INFO, 1, 5));
        collector.expectSettled();
        accounts().check();
        if (collector.counts(Level.ERROR).unknown() != doubtful.size()) {
            throw Wrong.that("Lines whose fate nobody knows are counted as if it were known")
                    .seen("the log has all " + doubtful.size() + " ERROR lines, the answers never came, the client gave"
                            + " up: " + collector.counts(Level.ERROR))
                    .means("No answer is not a no, and not a yes either. Whoever trusts the count is wrong half of the"
                            + " time.")
                    .suspect("counted as dropped, or as delivered, when the callback brings an exception");
        }
    }

    @Test
    @Order(7)
    @DisplayName("a line that is too large for the client holds up nobody")
    void tooLarge(KafkaFixture kafka) {
        open(kafka, ROOM, Collector.PATIENT);
        String app = Lines.app();
        List<LogLine> lines = new ArrayList<>(Lines.lines(app, Level.INFO, 2));
        // Letters at random, so that it stays too large when it is compressed.
        String text = new Random(5)
                .ints(3 * 1024 * 1024, 'A', 'z')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        LogLine dump = new LogLine(app, Level.WARN, Lines.TODAY, "L-0 " + text);
        lines.add(dump);
        lines.addAll(Lines.lines(app, Level.INFO, 2));
        collector.log(lines);
        collector.expectSettled();
        accounts().check();
        if (collector.counts(Level.INFO).delivered() != 4) {
            throw Wrong.that("One line that is too large holds up the others, or takes them with it")
                    .seen("INFO, 2 before it and 2 behind it: " + collector.counts(Level.INFO));
        }
    }

    @Test
    @Order(8)
    @DisplayName("closing sends what still waits")
    void closeSends(KafkaFixture kafka) {
        site = new Site(kafka, 2);
        relay = kafka.client("collector").relay();
        relay.refuse();
        collector = new Collector(kafka.client("collector").settings(), site.topics(), 10 * ROOM, Collector.PATIENT);
        collector.log(mixed(Level.INFO, 2, 4 * ROOM));
        Thread closing = collector.beginClosing();
        relay.heal();
        collector.expectClosed(closing);
        accounts().check();
        expectDelivered("the broker came back right after close() was called, and there was time enough");
        collector.log(Lines.lines(Lines.app(), Level.ERROR, 3));
        collector.expectSettled();
        if (collector.counts(Level.ERROR).dropped() != 3) {
            throw Wrong.that("A line that is logged after the end is not counted as dropped")
                    .seen("three ERROR lines after close(): " + collector.counts(Level.ERROR));
        }
    }

    @Test
    @Order(9)
    @Tag("fault")
    @DisplayName("closing comes to an end without the broker, and leaves no line uncounted")
    void closeInTime(KafkaFixture kafka) {
        openConnected(kafka, IMPATIENT);
        Rule answers = relay.on(Direction.TO_CLIENT, message -> message.is("Produce"))
                .every()
                .stall();
        collector.log(mixed(Level.INFO, 1, 20));
        expectSent(answers);
        collector.expectClosed();
        relay.heal();
        accounts().check();
    }

    @TestFactory
    @Order(10)
    @Tag("live")
    @DisplayName("for any lines and any faults")
    Stream<DynamicTest> properties() {
        return StepProperties.of(CollectProperties.class);
    }

    private void open(KafkaFixture kafka, int capacity, Duration giveUpAfter) {
        site = new Site(kafka, 2);
        kafka.watch(this::look);
        relay = kafka.client("collector").relay();
        collector = new Collector(kafka.client("collector").settings(), site.topics(), capacity, giveUpAfter);
        collector.counts();
    }

    /** With a client that knows the broker, so that it needs no time for that any more. */
    private void openConnected(KafkaFixture kafka, Duration giveUpAfter) {
        open(kafka, ROOM, giveUpAfter);
        for (int attempt = 0; attempt < 5 && collector.counts().delivered() == 0; attempt++) {
            collector.log(mixed(Level.DEBUG, 1, 1));
            collector.expectSettled();
        }
        sent.clear();
    }

    private boolean tooManyBatches() {
        return batches().size() * 5L > collector.logged().size();
    }

    private List<KafkaPart> batches() {
        return List.copyOf(sent).stream()
                .flatMap(request -> KafkaPart.of(request).stream())
                .toList();
    }

    private void look(WireEvent.Passage passage) {
        if (passage.message().direction() == Direction.TO_BROKER
                && passage.message().is("Produce")) {
            sent.add(passage.message());
        }
    }

    /** Waits until the rule has seen lines on their way. */
    private void expectSent(Rule rule) {
        Eventually.within(Collector.SETTLED)
                .until(
                        "lines are sent",
                        () -> !sent.isEmpty() || collector.counts().waiting() == 0)
                .orElse(() -> Wrong.that("The collector sends nothing")
                        .seen(collector.counts() + " after " + Collector.SETTLED.toSeconds()
                                + " s, and the broker is there")
                        .means("A single line waits until others come: the one ERROR of the night.")
                        .suspect("lines wait for a full batch"));
        if (!sent.isEmpty()) {
            rule.awaitHit(Site.SOON);
        }
    }

    private Accounts accounts() {
        return new Accounts(site, collector);
    }

    private void expectDelivered(String why) {
        if (collector.counts().delivered() != collector.logged().size()) {
            throw Wrong.that("Lines did not arrive, and nothing stood in their way")
                    .seen(why + "; " + collector.counts())
                    .means("Each hiccup and each deploy costs lines, and those are the ones that explain it.")
                    .suspect("too little time, no repetition, or a close() that does not wait for what was sent");
        }
    }

    /** Lines of several applications. */
    private static List<LogLine> mixed(Level level, int apps, int each) {
        List<LogLine> lines = new ArrayList<>();
        for (int app = 0; app < apps; app++) {
            lines.addAll(Lines.lines(Lines.app(), level, each));
        }
        return lines;
    }
}
