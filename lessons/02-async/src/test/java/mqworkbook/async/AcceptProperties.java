package mqworkbook.async;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import mqworkbook.async.video.Status;
import mqworkbook.async.video.Video;
import mqworkbook.async.video.VideoTopics;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.kafka.KafkaFixture;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Relay;
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

class AcceptProperties {

    /** What happens next: some uploads at the same time, or a fault that the next ones meet. */
    enum Move {
        ONE,
        FIVE_AT_ONCE,
        LOSE_JOB,
        LOSE_ANSWER,
        CUT
    }

    private static KafkaFixture kafka;
    private static VideoTopics topics;
    private static Statuses statuses;
    private static Uploads uploads;

    @BeforeContainer
    static void open() {
        kafka = KafkaFixture.open(Brokers.forRun().require(BrokerKind.KAFKA));
        topics = new VideoTopics(kafka.prefix());
        kafka.topics().create(topics.jobs(), 4, Map.of());
        statuses = new Statuses();
        uploads = new Uploads(kafka.client("uploads").settings(), topics, statuses, Uploads.ANSWER_TIMEOUT);
    }

    @AfterContainer
    static void close() {
        uploads.close();
        kafka.close();
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("what is accepted is in the log, and what is not does not claim to be")
    void acceptedIsInTheLog(@ForAll("moves") List<Move> moves) {
        Relay relay = kafka.client("uploads").relay();
        Map<String, Boolean> answers = new LinkedHashMap<>();
        for (Move move : moves) {
            Statistics.label("moves").collect(move);
            switch (move) {
                case ONE -> upload(1, answers);
                case FIVE_AT_ONCE -> upload(5, answers);
                case LOSE_JOB ->
                    relay.on(Direction.TO_BROKER, message -> message.is("Produce"))
                            .cutBefore();
                case LOSE_ANSWER ->
                    relay.on(Direction.TO_CLIENT, message -> message.is("Produce"))
                            .cutBefore();
                case CUT -> relay.cut();
                default -> throw new IllegalStateException(move.toString());
            }
        }
        upload(1, answers);
        relay.heal();
        Set<String> log = new HashSet<>();
        kafka.topics().read(topics.jobs()).forEach(record -> log.add(new String(record.key(), StandardCharsets.UTF_8)));
        answers.forEach((videoId, accepted) -> {
            if (accepted && !log.contains(videoId)) {
                throw Step1Accept.answeredTooEarly(videoId, "the log does not have it after " + moves);
            }
            if (accepted && statuses.now(videoId).orElse(null) != Status.QUEUED) {
                throw Wrong.that("An accepted upload must be QUEUED")
                        .seen(videoId + " went through " + statuses.past(videoId) + " in " + moves);
            }
            if (!accepted) {
                uploads.expectNoClaim(videoId, "in " + moves);
            }
        });
    }

    private static void upload(int count, Map<String, Boolean> answers) {
        Map<Video, CompletableFuture<Boolean>> begun = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            Video video = Uploads.video(Studio.newId());
            begun.put(video, uploads.begin(video));
        }
        begun.forEach((video, upload) -> answers.put(video.videoId(), uploads.await(video, upload)));
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        return Arbitraries.frequency(
                        Tuple.of(3, Move.ONE),
                        Tuple.of(3, Move.FIVE_AT_ONCE),
                        Tuple.of(2, Move.LOSE_JOB),
                        Tuple.of(2, Move.LOSE_ANSWER),
                        Tuple.of(1, Move.CUT))
                .list()
                .ofMinSize(2)
                .ofMaxSize(6);
    }
}
