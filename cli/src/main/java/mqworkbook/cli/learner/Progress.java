package mqworkbook.cli.learner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.messages.Message;
import mqworkbook.workbench.answer.Answer;
import mqworkbook.workbench.answer.AnswerException;
import mqworkbook.workbench.answer.Gap;
import mqworkbook.workbench.answer.Gaps;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.answer.LessonOutline;
import mqworkbook.workbench.answer.SkeletonState;
import mqworkbook.workbench.judge.report.StepState;

/** How far the learner is in one lesson: what the last run has left, and what is still to be written. */
public final class Progress {

    private final LessonFiles lesson;
    private final LessonOutline outline;
    private final Optional<LastResult> result;
    private final Optional<Gaps> gaps;

    private Progress(LessonFiles lesson, LessonOutline outline, Optional<LastResult> result, Optional<Gaps> gaps) {
        this.lesson = lesson;
        this.outline = outline;
        this.result = result;
        this.gaps = gaps;
    }

    /** Looks at the lesson's files. */
    public static Progress of(LessonFiles lesson) {
        return new Progress(lesson, LessonOutline.of(lesson), LastResult.of(lesson), gaps(lesson));
    }

    /** All lessons, in their order. */
    public static List<Progress> all(Workspace workspace) {
        return workspace.lessons().stream().map(Progress::of).toList();
    }

    /** The lesson that the learner is at: of the open ones the last that was run, else the first; else the last of all. */
    public static Progress current(List<Progress> all) {
        return all.stream()
                .filter(lesson -> !lesson.complete() && lesson.wasRun())
                .max(Comparator.comparing(lesson -> lesson.result.orElseThrow().time()))
                .or(() -> all.stream().filter(lesson -> !lesson.complete()).findFirst())
                .orElseGet(() -> all.get(all.size() - 1));
    }

    public LessonFiles lesson() {
        return lesson;
    }

    /** The lesson in one line. */
    public String title() {
        return outline.title();
    }

    public List<StepProgress> steps() {
        return outline.steps().stream()
                .map(step ->
                        StepProgress.of(step, result, openGaps(step.number()).size()))
                .toList();
    }

    /** Whether a run has left a result. */
    public boolean wasRun() {
        return result.isPresent();
    }

    /** When the last run left its result. */
    public Optional<Instant> lastRun() {
        return result.map(last -> last.time().toInstant());
    }

    /** What the last run said; empty without one. */
    public String message() {
        return result.map(LastResult::message).orElse("");
    }

    /** What the last run said about a step that is wrong, a message for each failed test; empty for another step. */
    public List<Message> failures(int step) {
        return result.map(LastResult::failures).orElse(List.of()).stream()
                .filter(failure -> failure.isOfStep(step))
                .toList();
    }

    /** Whether the last run found every step done, and nothing is left to write since. Without a run, whether nothing is. */
    public boolean complete() {
        return result.map(LastResult::complete).orElse(true) && openGaps().isEmpty();
    }

    /** Whether the learner's files are others than those of the last run. */
    public boolean editedSince() {
        return result.map(this::isOfOtherFiles).orElse(false);
    }

    private boolean isOfOtherFiles(LastResult last) {
        // A result that an older workbook has written tells no more than its time.
        return last.sources().isEmpty()
                ? newest(lesson.skeleton()).compareTo(last.time()) > 0
                : !last.sources().equals(SkeletonState.of(lesson));
    }

    /** How long the steps take that are not done, about. */
    public int minutesLeft() {
        return steps().stream()
                .filter(step -> !step.done())
                .mapToInt(step -> step.step().minutes())
                .sum();
    }

    /** The step to work at: the first that the last run found to do or wrong, else the first with a place to write. */
    public Optional<StepProgress> currentStep() {
        List<StepProgress> steps = steps();
        return steps.stream()
                .filter(step -> step.state() == StepState.TODO || step.state() == StepState.WRONG)
                .findFirst()
                .or(() -> steps.stream().filter(step -> step.gaps() > 0).findFirst());
    }

    /** The places that are still to be written, in the order of their steps. */
    public List<Gap> openGaps() {
        return gaps.stream()
                .flatMap(open -> open.all().stream())
                .sorted(Comparator.comparingInt(Gap::step))
                .toList();
    }

    /** Those of one step. */
    public List<Gap> openGaps(int step) {
        return openGaps().stream().filter(gap -> gap.step() == step).toList();
    }

    /** The line of a place to write, from 1. */
    public int line(Gap gap) {
        return gaps.orElseThrow().line(gap);
    }

    /** Code that cannot be read is told by the next run; until then nothing is known of its gaps. */
    private static Optional<Gaps> gaps(LessonFiles lesson) {
        try {
            return Optional.of(Gaps.of(Answer.skeleton(lesson)));
        } catch (AnswerException e) {
            return Optional.empty();
        }
    }

    private static FileTime newest(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            FileTime newest = FileTime.fromMillis(0);
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                FileTime time = Files.getLastModifiedTime(file);
                newest = time.compareTo(newest) > 0 ? time : newest;
            }
            return newest;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
