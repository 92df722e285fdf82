package mqworkbook.workbench.judge.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.judge.SmallestCase;
import mqworkbook.workbench.judge.Todo;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.judge.learner.Causes;
import mqworkbook.workbench.judge.learner.LearnerCode;

/** Tells one problem of a lesson. */
final class ProblemPrinter {

    private static final int MOST_FRAMES = 5;

    private final Style style;
    private final Places places;
    private final LessonResult lesson;
    private final StringBuilder text = new StringBuilder();

    ProblemPrinter(Style style, Places places, LessonResult lesson) {
        this.style = style;
        this.places = places;
        this.lesson = lesson;
    }

    String text(Failure failure) {
        Throwable thrown = failure.thrown();
        Optional<BrokerUnavailableException> noBroker = Causes.first(thrown, BrokerUnavailableException.class);
        Optional<Todo> todo = Causes.first(thrown, Todo.class);
        if (noBroker.isPresent()) {
            noBroker(failure, noBroker.get());
        } else if (todo.isPresent()) {
            todo(todo.get());
        } else {
            wrong(failure);
        }
        return text.toString();
    }

    private void noBroker(Failure failure, BrokerUnavailableException thrown) {
        String what = failure.step().map(step -> "Step " + step.number()).orElse("Lesson " + lesson.number());
        paragraph("", what + " could not be judged, for want of a broker: " + thrown.getMessage());
    }

    private void todo(Todo todo) {
        paragraph("", style.paint(StepState.TODO, "Step " + todo.step() + ", to do:") + " " + todo.getMessage());
        places.learnerFrames(todo).stream().findFirst().flatMap(places::line).ifPresent(where -> field("Where", where));
        places.hint(lesson.number(), todo.step()).ifPresent(hint -> field("Hint", hint));
    }

    private void wrong(Failure failure) {
        String step =
                failure.step().map(red -> "Step " + red.number() + ", wrong:").orElse("Failed outside of the steps:");
        paragraph("", style.paint(StepState.WRONG, step) + " " + failure.requirement());
        text.append('\n');
        Throwable thrown = failure.thrown();
        List<StackTraceElement> frames = places.learnerFrames(thrown);
        Optional<Wrong> wrong = Causes.first(thrown, Wrong.class);
        if (wrong.isPresent()) {
            review(wrong.get());
        } else {
            paragraph("  ", thrown instanceof AssertionError ? String.valueOf(thrown.getMessage()) : named(thrown));
            stack(thrown, frames);
        }
        also(wrong.map(Throwable.class::cast).orElse(thrown));
        where(failure, frames).ifPresent(where -> field("Where", where));
        failure.step()
                .flatMap(red -> places.hint(lesson.number(), red.number()))
                .ifPresent(hint -> field("Hint", hint));
        if (failure.storied()) {
            places.story(lesson.number()).ifPresent(story -> field("Story", story));
        }
    }

    private void review(Wrong wrong) {
        paragraph("  ", wrong.requirement());
        wrong.seen().ifPresent(seen -> field("Seen", seen));
        wrong.means().ifPresent(means -> field("Means", means));
        wrong.suspect().ifPresent(suspect -> field("Suspect", suspect));
        wrong.sample().ifPresent(sample -> field("Case", sample));
    }

    /** The learner's frames; of an exception that never met the learner's code, the judge's, for whoever mends it. */
    private void stack(Throwable thrown, List<StackTraceElement> learner) {
        Stream<StackTraceElement> frames = learner.isEmpty() && !(thrown instanceof AssertionError)
                ? Stream.of(thrown.getStackTrace())
                        .filter(frame -> frame.getClassName().startsWith("mqworkbook."))
                : learner.stream();
        frames.limit(MOST_FRAMES)
                .forEach(frame -> text.append("    at ")
                        .append(LearnerCode.describe(frame))
                        .append('\n'));
        Causes.of(thrown).stream().skip(1).forEach(cause -> paragraph("  ", "Caused by " + named(cause)));
    }

    private void also(Throwable thrown) {
        for (Throwable suppressed : thrown.getSuppressed()) {
            if (suppressed instanceof SmallestCase) {
                field("Case", suppressed.getMessage());
            } else if (suppressed instanceof Wrong also) {
                field(
                        "Also",
                        also.requirement()
                                + also.seen().map(seen -> "\n" + seen).orElse(""));
            }
        }
    }

    private Optional<String> where(Failure failure, List<StackTraceElement> frames) {
        return frames.stream()
                .findFirst()
                .flatMap(places::line)
                .or(() -> failure.step()
                        .map(StepResult::write)
                        .filter(write -> !write.isEmpty())
                        .flatMap(places::method));
    }

    private static String named(Throwable thrown) {
        String type = thrown.getClass().getSimpleName();
        return thrown.getMessage() == null ? type : type + ": " + thrown.getMessage();
    }

    private void field(String label, String value) {
        paragraph("  " + label + " ".repeat(Math.max(1, 9 - label.length())), value);
    }

    private void paragraph(String label, String value) {
        text.append(Wrap.labelled(label, value, style.width()));
    }
}
