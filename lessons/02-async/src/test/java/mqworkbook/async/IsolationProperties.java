package mqworkbook.async;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import mqworkbook.async.video.Status;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.kafka.KafkaFixture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
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

class IsolationProperties {

    /** One video: how many of its attempts fail, whether moderation says no, how often its job is in the log. */
    record Case(int failures, boolean banned, int copies) {

        Status outcome() {
            return failures >= Studio.MAX_ATTEMPTS * copies ? Status.FAILED : banned ? Status.REJECTED : Status.READY;
        }
    }

    private static KafkaFixture kafka;
    private static Studio studio;

    @BeforeContainer
    static void open() {
        kafka = KafkaFixture.open(Brokers.forRun().require(BrokerKind.KAFKA));
        studio = new Studio(kafka, 2);
        studio.run("worker 1");
        studio.run("worker 2");
    }

    @AfterContainer
    static void close() {
        studio.close();
        kafka.close();
    }

    @Property(tries = 15, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("each video's outcome depends on its own failures alone; FAILED = dead letter")
    void outcomes(@ForAll("cases") List<Case> cases) {
        Statistics.label("with failures for good")
                .collect(cases.stream().anyMatch(one -> one.outcome() == Status.FAILED));
        List<String> ids = new ArrayList<>();
        for (Case one : cases) {
            String video = Studio.newId();
            ids.add(video);
            studio.work().fail(video, one.failures());
            if (one.banned()) {
                studio.work().ban(video);
            }
            int partition = ids.size() % 2;
            studio.enqueue(video, partition);
            for (int copy = 1; copy < one.copies(); copy++) {
                studio.enqueueAgain(video, partition);
            }
        }
        studio.expectDone(Studio.SOON, ids);
        studio.expectAllCommitted();
        Set<String> letters = studio.letters().stream()
                .map(letter -> letter.key() == null ? "none" : new String(letter.key(), StandardCharsets.UTF_8))
                .collect(Collectors.toSet());
        for (int i = 0; i < ids.size(); i++) {
            String video = ids.get(i);
            Status expected = cases.get(i).outcome();
            studio.expectOutcome(expected, video);
            if (studio.mail().count(video) != 1) {
                throw Wrong.that("The owner of " + video + " got "
                                + studio.mail().count(video) + " mails")
                        .seen(studio.describe(video));
            }
            if (letters.contains(video) != (expected == Status.FAILED)) {
                throw Wrong.that("Exactly the videos that FAILED must be among the dead letters")
                        .seen(video + " is " + expected + ", and is " + (letters.contains(video) ? "" : "not ")
                                + "among the dead letters " + letters);
            }
        }
    }

    @Provide
    Arbitrary<List<Case>> cases() {
        Arbitrary<Integer> failures = Arbitraries.frequency(
                Tuple.of(5, 0), Tuple.of(2, 1), Tuple.of(1, Studio.MAX_ATTEMPTS - 1), Tuple.of(2, Integer.MAX_VALUE));
        Arbitrary<Boolean> banned = Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true));
        Arbitrary<Integer> copies = Arbitraries.frequency(Tuple.of(4, 1), Tuple.of(1, 2));
        return Combinators.combine(failures, banned, copies)
                .as(Case::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }
}
