package mqworkbook.async;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import mqworkbook.async.video.Status;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.kafka.KafkaFixture;
import mqworkbook.workbench.wire.Direction;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

class ScaleProperties {

    /** What happens next. A crash is at a point of the next video's work, or between two. */
    enum Move {
        UPLOAD,
        UPLOAD_BANNED,
        UPLOAD_TWICE,
        UPLOAD_NO_VIDEO,
        LOSE_ANSWER,
        START,
        STOP,
        CRASH,
        CRASH_BEFORE_MAIL,
        CRASH_AFTER_MAIL
    }

    private static final int PARTITIONS = 3;

    private static KafkaFixture kafka;
    private static Studio studio;
    private static final Deque<Machine> MACHINES = new ArrayDeque<>();
    private static final Map<Machine, Worker> WORKERS = new ConcurrentHashMap<>();
    private static int hired;
    private static Uploads uploads;

    @BeforeContainer
    static void open() {
        MACHINES.clear();
        WORKERS.clear();
        kafka = KafkaFixture.open(Brokers.forRun().require(BrokerKind.KAFKA));
        studio = new Studio(kafka, PARTITIONS);
        uploads = studio.uploads();
    }

    @AfterContainer
    static void close() {
        studio.close();
        kafka.close();
    }

    @Property(tries = 8, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("every upload has one final status, and its owner one mail")
    void oneOutcome(@ForAll("moves") List<Move> moves) {
        List<String> ready = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        List<String> rejected = new ArrayList<>();
        for (Move move : moves) {
            Statistics.label("moves").collect(move);
            MACHINES.removeIf(Machine::isDead);
            switch (move) {
                case UPLOAD -> ready.add(upload(Studio.newId()));
                case UPLOAD_TWICE -> {
                    String video = upload(Studio.newId());
                    ready.add(video);
                    studio.enqueueAgain(video, PARTITIONS - 1);
                }
                case UPLOAD_BANNED -> {
                    String video = Studio.newId();
                    studio.work().ban(video);
                    rejected.add(upload(video));
                }
                case UPLOAD_NO_VIDEO -> {
                    String video = Studio.newId();
                    refused.add(video);
                    uploads.upload(Uploads.noVideo(video));
                }
                case LOSE_ANSWER ->
                    kafka.client("uploads")
                            .relay()
                            .on(Direction.TO_CLIENT, message -> message.is("Produce"))
                            .cutBefore();
                case START -> start();
                case STOP -> stop();
                case CRASH -> crash();
                case CRASH_BEFORE_MAIL -> dyingAt("tell ");
                case CRASH_AFTER_MAIL -> dyingAt(" is told");
                default -> throw new IllegalStateException(move.toString());
            }
        }
        // Those who are left may be about to die; this one lives.
        hire(studio.machine("worker " + ++hired));
        List<String> all = new ArrayList<>(ready);
        all.addAll(rejected);
        studio.expectDone(Studio.SOON.multipliedBy(2), all);
        studio.expectOutcome(Status.READY, ready);
        studio.expectOutcome(Status.REJECTED, rejected);
        for (String video : refused) {
            if (studio.statuses().now(video).isPresent() || studio.mail().calls(video) > 0) {
                throw Wrong.that("An upload that was refused claims to be something")
                        .seen(video + " is no video, and was not accepted; " + studio.describe(video));
            }
        }
        for (String video : all) {
            if (studio.mail().count(video) != 1) {
                throw Wrong.that("The owner of " + video + " got "
                                + studio.mail().count(video) + " mails")
                        .seen(studio.describe(video));
            }
        }
    }

    private static String upload(String video) {
        uploads.expectAccepted(video);
        return video;
    }

    private static void start() {
        if (MACHINES.size() < PARTITIONS) {
            hire(studio.machine("worker " + ++hired));
        }
    }

    private static void dyingAt(String point) {
        if (MACHINES.size() < PARTITIONS) {
            hire(studio.machine("worker " + ++hired).dyingAt(at -> at.contains(point)));
        }
    }

    private static void hire(Machine machine) {
        MACHINES.addLast(machine);
        WORKERS.put(machine, studio.run(machine));
    }

    private static void stop() {
        Machine machine = MACHINES.pollFirst();
        if (machine != null && !machine.isDead()) {
            WORKERS.remove(machine).close();
        }
    }

    private static void crash() {
        Machine machine = MACHINES.pollFirst();
        if (machine != null) {
            studio.kill(machine);
        }
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        return Arbitraries.frequency(
                        Tuple.of(5, Move.UPLOAD),
                        Tuple.of(1, Move.UPLOAD_BANNED),
                        Tuple.of(1, Move.UPLOAD_TWICE),
                        Tuple.of(1, Move.UPLOAD_NO_VIDEO),
                        Tuple.of(1, Move.LOSE_ANSWER),
                        Tuple.of(2, Move.START),
                        Tuple.of(1, Move.STOP),
                        Tuple.of(1, Move.CRASH),
                        Tuple.of(1, Move.CRASH_BEFORE_MAIL),
                        Tuple.of(1, Move.CRASH_AFTER_MAIL))
                .list()
                .ofMinSize(4)
                .ofMaxSize(9);
    }
}
