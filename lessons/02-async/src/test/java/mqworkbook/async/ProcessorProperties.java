package mqworkbook.async;

import java.util.List;
import java.util.Optional;
import mqworkbook.async.video.MediaTools;
import mqworkbook.async.video.Notifier;
import mqworkbook.async.video.Status;
import mqworkbook.async.video.StatusStore;
import mqworkbook.async.video.VideoJob;
import mqworkbook.workbench.judge.Problems;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.judge.Wrong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/** One job, delivered again and again, each time to a process that dies at some call; without a broker. */
class ProcessorProperties {

    /** Never. */
    private static final int LIVES = 99;

    /**
     * A video and the deliveries of its job.
     *
     * @param deaths for each delivery but the last, after how many calls the process dies
     */
    record Story(boolean banned, List<Integer> deaths) {}

    private static Statuses statuses;
    private static Mail mail;
    private static Work work;

    @BeforeContainer
    static void open() {
        statuses = new Statuses();
        mail = new Mail(statuses);
        work = new Work();
        statuses.readyOnlyIf(videoId -> work.isComplete(videoId) && work.isAllowed(videoId));
    }

    @Property(tries = 1000)
    @Label("one final status, one mail that says it, and READY only when moderation lets it pass")
    void oneOutcome(@ForAll("stories") Story story) {
        Statistics.label("deliveries")
                .collect(story.deaths().isEmpty() ? "one" : story.deaths().contains(LIVES) ? "repeated" : "crashes")
                .coverage(coverage -> {
                    coverage.check("crashes").percentage(share -> share > 20);
                    coverage.check("repeated").percentage(share -> share > 10);
                });
        String videoId = Studio.newId();
        VideoJob job = new VideoJob(videoId, Studio.owner(videoId));
        if (story.banned()) {
            work.ban(videoId);
        }
        statuses.put(videoId, Status.QUEUED);
        for (int calls : story.deaths()) {
            deliver(job, calls);
        }
        deliver(job, LIVES);
        Problems.throwIfAny();
        Status expected = story.banned() ? Status.REJECTED : Status.READY;
        Status present = statuses.now(videoId).orElseThrow();
        if (present != expected) {
            throw Wrong.that(videoId + " is " + present + " in the end, and must be " + expected)
                    .seen(videoId + " went through " + statuses.past(videoId));
        }
        expectOneMail(videoId, "a process that dies is followed by another that is given the same job");
    }

    /** Moderation has changed its mind between the two. Who is second in deciding has to go by what is decided. */
    @Property(tries = 200)
    @Label("two processes at the same time: the first final status stays, and the owner hears of that one")
    void sideBySide(@ForAll @IntRange(max = 9) int calls, @ForAll boolean allowed) {
        String videoId = Studio.newId();
        VideoJob job = new VideoJob(videoId, Studio.owner(videoId));
        statuses.put(videoId, Status.QUEUED);
        Mortal second = new Mortal(LIVES, !allowed, 0, () -> {});
        Mortal first = new Mortal(LIVES, allowed, calls, () -> process(job, second));
        process(job, first);
        deliver(job, LIVES);
        Problems.throwIfAny();
        Status present = statuses.now(videoId).orElseThrow();
        if (!present.isFinal()) {
            throw Wrong.that(videoId + " is " + present + " in the end, and nobody works on it any more")
                    .seen(videoId + " went through " + statuses.past(videoId)
                            + "; two processes had its job at the same" + " time");
        }
        expectOneMail(videoId, "two processes had its job at the same time");
    }

    private static void expectOneMail(String videoId, String what) {
        if (mail.count(videoId) != 1) {
            throw Wrong.that("The owner of " + videoId + " got " + mail.count(videoId) + " mails for one upload")
                    .seen("status " + statuses.now(videoId).orElseThrow() + "; " + mail.explain(videoId) + "; " + what)
                    .means("Whoever gets none uploads again; whoever gets two calls support.")
                    .suspect("a job that came again was skipped because its status was final, though the owner was not"
                            + " told yet");
        }
    }

    /** One that finds that somebody else was quicker may say so: its job comes again. */
    private static void process(VideoJob job, Mortal process) {
        try {
            new VideoProcessor(process, process, process).process(job);
        } catch (Exception notNow) {
            deliver(job, LIVES);
        }
    }

    private static void deliver(VideoJob job, int calls) {
        Mortal process = new Mortal(calls, true, LIVES, () -> {});
        try {
            new VideoProcessor(process, process, process).process(job);
        } catch (ProcessDied e) {
            // The next delivery is to another process.
        } catch (Exception e) {
            throw Wrong.that("A job cannot be finished that another process has begun")
                    .seen(job.videoId() + " went through " + statuses.past(job.videoId()) + "; then process() threw "
                            + e)
                    .means("Somebody has died at it. The video is PROCESSING, for ever.")
                    .suspect("only QUEUED videos are worked on")
                    .because(e);
        }
    }

    @Provide
    Arbitrary<Story> stories() {
        Arbitrary<Integer> death = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.integers().between(0, 10)), Tuple.of(1, Arbitraries.just(LIVES)));
        return Combinators.combine(Arbitraries.of(true, false), death.list().ofMaxSize(4))
                .as(Story::new);
    }

    /**
     * All that a processor is given; it dies between two calls, before or after the last has taken effect, and something may
     * happen between two calls.
     */
    private static final class Mortal implements StatusStore, MediaTools, Notifier {

        private final boolean allows;
        private final Runnable meanwhile;
        private int left;
        private int until;

        Mortal(int calls, boolean allows, int until, Runnable meanwhile) {
            this.left = calls;
            this.allows = allows;
            this.until = until;
            this.meanwhile = meanwhile;
        }

        private void live() {
            if (left-- <= 0) {
                throw new ProcessDied("the worker");
            }
            if (until-- == 0) {
                meanwhile.run();
            }
        }

        @Override
        public Optional<Status> find(String videoId) {
            live();
            return statuses.find(videoId);
        }

        @Override
        public void put(String videoId, Status status) {
            live();
            statuses.put(videoId, status);
        }

        @Override
        public boolean move(String videoId, Status to, Status... from) {
            live();
            return statuses.move(videoId, to, from);
        }

        @Override
        public boolean isVideo(byte[] content) {
            return true;
        }

        @Override
        public void transcode(String videoId) throws Exception {
            live();
            work.transcode("worker", videoId, () -> false);
        }

        @Override
        public void thumbnails(String videoId) {
            live();
            work.thumbnails(videoId);
        }

        @Override
        public boolean isAllowed(String videoId) {
            live();
            return allows && work.isAllowed(videoId);
        }

        @Override
        public void tell(String ownerId, String videoId, Status outcome, String idempotencyKey) {
            live();
            mail.tell(ownerId, videoId, outcome, idempotencyKey);
        }
    }
}
