package mqworkbook.workbench.judge.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns the result of a lesson into the text that the learner reads. Each text ends with a line break. */
public final class LessonPrinter {

    private final Style style;
    private final Places places;

    public LessonPrinter(Style style, Places places) {
        this.style = style;
        this.places = places;
    }

    /** Plain text, with places in the files of the answer that this run judges. */
    public static LessonPrinter plain() {
        return new LessonPrinter(Style.PLAIN, new WorkbookPlaces());
    }

    /** What comes before the steps. */
    public String header(LessonResult lesson) {
        return "\n" + lesson.number() + " " + lesson.title() + "\n\n";
    }

    /** One step: how far it is, what it is, how many of its tests pass. */
    public String line(StepResult step) {
        long of = step.state() == StepState.PARTLY ? step.methods() : step.asked();
        String count = step.passed() + " of " + of;
        String label = "  " + " ".repeat(10) + "Step " + step.number() + "  ";
        String title = step.title() + (step.core() ? "" : " (stretch)");
        List<String> lines = Wrap.lines(title, style.width() - label.length() - count.length() - 2);
        StringBuilder text = new StringBuilder("  " + style.mark(step.state()) + label.substring(12));
        for (int i = 0; i < lines.size() - 1; i++) {
            text.append(lines.get(i)).append('\n').append(" ".repeat(label.length()));
        }
        String last = lines.get(lines.size() - 1);
        int gap = style.width() - label.length() - last.length() - count.length();
        return text.append(last)
                .append(" ".repeat(Math.max(2, gap)))
                .append(count)
                .append('\n')
                .toString();
    }

    /** What comes after the steps: the first problem, or one line that says that there is none. */
    public String message(LessonResult lesson) {
        Optional<Failure> problem = lesson.firstProblem();
        String text =
                problem.isPresent() ? new ProblemPrinter(style, places, lesson).text(problem.get()) : closing(lesson);
        return "\n" + skipped(lesson) + text;
    }

    /** The whole text at once. */
    public String text(LessonResult lesson) {
        return header(lesson) + lesson.steps().stream().map(this::line).collect(Collectors.joining()) + message(lesson);
    }

    private String closing(LessonResult lesson) {
        if (lesson.complete()) {
            return style.paint(StepState.DONE, "Lesson " + lesson.number() + " is done.") + "\n";
        }
        String open = lesson.steps().stream()
                .filter(step -> step.state() != StepState.DONE)
                .map(LessonPrinter::notRun)
                .collect(Collectors.joining(", "));
        return lesson.green()
                ? Wrap.labelled("", "All that ran has passed. Not run: " + open + ".", style.width())
                : "No test of lesson " + lesson.number() + " ran.\n";
    }

    private static String notRun(StepResult step) {
        long left = step.methods() - step.asked();
        String tests = left + (left == 1 ? " test" : " tests") + " of ";
        return (step.state() == StepState.PARTLY ? tests : "") + "step " + step.number();
    }

    private String skipped(LessonResult lesson) {
        return lesson.steps().stream()
                .flatMap(step -> step.tests().stream()
                        .filter(test -> test.state() == TestResult.State.SKIPPED)
                        .filter(test -> step.state() == StepState.DONE)
                        .map(test -> "Skipped in step " + step.number() + ": " + test.name() + ": " + test.reason()))
                .map(line -> Wrap.labelled("  ", line, style.width()))
                .collect(Collectors.joining());
    }
}
