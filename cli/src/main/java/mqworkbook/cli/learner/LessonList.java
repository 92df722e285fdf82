package mqworkbook.cli.learner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import mqworkbook.cli.host.Git;
import mqworkbook.cli.host.Terminal;
import mqworkbook.workbench.judge.report.Style;

/** Tells how far the learner is in each lesson. */
public final class LessonList {

    private final Git git;
    private final Terminal terminal;
    private final Style style;
    private final String current;
    private final int width;

    /**
     * A list.
     *
     * @param all every lesson, of which one is the current
     */
    public LessonList(List<Progress> all, Git git, Terminal terminal) {
        this.git = git;
        this.terminal = terminal;
        Style system = Style.ofTerminal();
        this.style = new Style(system.symbols(), terminal.coloured(), system.width());
        this.current = Progress.current(all).lesson().name();
        this.width =
                all.stream().mapToInt(lesson -> lesson.title().length()).max().orElse(0);
    }

    /** One lesson in one line. */
    public String line(Progress lesson) {
        String title =
                lesson.title() + " ".repeat(Math.max(0, width - lesson.title().length()));
        String name = lesson.lesson().name().substring(0, 2) + " " + title;
        String signs =
                lesson.steps().stream().map(step -> style.sign(step.state())).collect(Collectors.joining());
        boolean here = lesson.lesson().name().equals(current);
        String pad = " ".repeat(Math.max(1, 9 - lesson.steps().size()));
        return (here ? "> " + terminal.bold(name) : "  " + name) + "  " + signs + pad + summary(lesson);
    }

    /** A lesson and its steps. */
    public List<String> steps(Progress lesson) {
        List<String> lines = new ArrayList<>();
        lines.add(
                terminal.bold(lesson.lesson().name().substring(0, 2) + " " + lesson.title()) + ": " + summary(lesson));
        lines.add("");
        for (StepProgress step : lesson.steps()) {
            String counts = lesson.wasRun() ? ", " + step.passed() + " of " + step.methods() + " tests" : "";
            String gaps = step.gaps() == 0 ? "" : ", " + count(step.gaps(), "place") + " to write";
            lines.add("  " + style.mark(step.state()) + "Step " + step.number() + "  "
                    + step.step().title() + (step.step().core() ? "" : " (stretch)"));
            lines.add(" ".repeat(20) + terminal.faint(step.step().minutes() + " min" + counts + gaps));
        }
        return lines;
    }

    /** One lesson for JSON. */
    public Map<String, Object> object(Progress lesson) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("lesson", lesson.lesson().name());
        object.put("title", lesson.title());
        object.put("current", lesson.lesson().name().equals(current));
        object.put("state", state(lesson));
        object.put("editedSince", lesson.editedSince());
        object.put("gaps", lesson.openGaps().size());
        object.put("steps", lesson.steps());
        return object;
    }

    /** In a word or two: not begun, not run, begun, done. */
    public String state(Progress lesson) {
        if (lesson.wasRun()) {
            return lesson.complete() ? "done" : "begun";
        }
        boolean touched = lesson.complete() || git.isEdited(lesson.lesson().skeleton());
        return touched ? "not run" : "not begun";
    }

    private String summary(Progress lesson) {
        int gaps = lesson.openGaps().size();
        return switch (state(lesson)) {
            case "done" -> "done" + edited(lesson);
            case "begun" -> at(lesson) + edited(lesson);
            case "not run" -> "not run yet, " + (gaps == 0 ? "nothing" : count(gaps, "place")) + " left to write";
            default -> "not begun: " + count(lesson.steps().size(), "step") + ", " + lesson.minutesLeft() + " min";
        };
    }

    private static String at(Progress lesson) {
        String step = lesson.currentStep()
                .map(at -> "step " + at.number() + " of " + lesson.steps().size() + ", "
                        + at.state().word())
                .orElse("begun");
        return step + "; " + lesson.minutesLeft() + " min left";
    }

    private static String edited(Progress lesson) {
        return lesson.editedSince() ? " (edited since)" : "";
    }

    private static String count(int number, String word) {
        return number + " " + word + (number == 1 ? "" : "s");
    }
}
