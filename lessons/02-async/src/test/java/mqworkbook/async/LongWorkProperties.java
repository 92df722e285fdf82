package mqworkbook.async;

import java.util.ArrayList;
import java.util.List;
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

class LongWorkProperties {

    /** How the work on one video goes. */
    enum Fate {
        QUICK,
        /** Still at work when all the quick ones behind it are done. */
        LONG,
        FAILS_ONCE,
        FAILS
    }

    /** A few videos, and whether the worker dies while the long ones are at work. */
    record Story(List<Fate> fates, boolean crash) {}

    private static final int AT_ONCE = 3;

    private static KafkaFixture kafka;
    private static Studio studio;
    private static Machine machine;
    private static int hired;

    @BeforeContainer
    static void open() {
        kafka = KafkaFixture.open(Brokers.forRun().require(BrokerKind.KAFKA));
        studio = new Studio(kafka, 2);
        hire();
    }

    @AfterContainer
    static void close() {
        studio.close();
        kafka.close();
    }

    @Property(tries = 8, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("every video has one final status and one mail, and no commit passes one that is at work")
    void outcomes(@ForAll("stories") Story story) {
        Statistics.label("crash").collect(story.crash());
        List<String> ids = new ArrayList<>();
        List<String> quick = new ArrayList<>();
        List<String> atWork = new ArrayList<>();
        for (Fate fate : story.fates()) {
            String video = Studio.newId();
            ids.add(video);
            // Never more than hands, or the quick ones would wait too.
            if (fate == Fate.LONG && atWork.size() < AT_ONCE - 1) {
                studio.work().hold(video);
                atWork.add(video);
            } else {
                quick.add(video);
            }
            studio.work().fail(video, fate == Fate.FAILS ? Integer.MAX_VALUE : fate == Fate.FAILS_ONCE ? 1 : 0);
            studio.enqueue(video, ids.size() % 2);
        }
        studio.expectDone(Studio.SOON, quick);
        studio.expectAtWork(atWork.toArray(String[]::new));
        if (story.crash()) {
            studio.kill(machine);
            hire();
        }
        studio.work().releaseAll();
        studio.expectDone(Studio.SOON, ids);
        studio.expectAllCommitted();
        for (int i = 0; i < ids.size(); i++) {
            String video = ids.get(i);
            studio.expectOutcome(story.fates().get(i) == Fate.FAILS ? Status.FAILED : Status.READY, video);
            if (studio.mail().count(video) != 1) {
                throw Wrong.that("The owner of " + video + " got "
                                + studio.mail().count(video) + " mails")
                        .seen(studio.describe(video));
            }
        }
    }

    private static void hire() {
        machine = studio.machine("worker " + ++hired);
        studio.runPatient(machine, AT_ONCE);
    }

    @Provide
    Arbitrary<Story> stories() {
        Arbitrary<List<Fate>> fates = Arbitraries.frequency(
                        Tuple.of(4, Fate.QUICK),
                        Tuple.of(3, Fate.LONG),
                        Tuple.of(1, Fate.FAILS_ONCE),
                        Tuple.of(1, Fate.FAILS))
                .list()
                .ofMinSize(1)
                .ofMaxSize(7);
        return Combinators.combine(fates, Arbitraries.frequency(Tuple.of(2, false), Tuple.of(1, true)))
                .as(Story::new);
    }
}
