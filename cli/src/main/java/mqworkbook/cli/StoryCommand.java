package mqworkbook.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.story.RunResultFile;
import mqworkbook.cli.story.RunResultFile.FailedTest;
import mqworkbook.cli.story.StoryText;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.judge.report.Style;
import mqworkbook.workbench.judge.report.Wrap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code workbook story [LESSON]}. */
@Command(
        name = "story",
        description = {
            "Tells what happened in the first failed test of the last run: who sent which message to whom, in the order of"
                    + " time. Runs nothing.",
            "Times are in milliseconds. Lines with * are about the messages that the failure names; ! is what was done to"
                    + " the system."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "./workbook report shows it as a page, whole, with all others."})
final class StoryCommand implements Callable<Integer> {

    private static final int WIDTH = 80;

    private static final String NO_STORY =
            "There is no story: no message passed while this test ran, or the place is still to be written.";

    private final Workspace workspace;
    private final Terminal terminal;

    @Parameters(
            paramLabel = "LESSON",
            arity = "0..1",
            description = "The lesson: 01, 1, decoupling or 01-decoupling; without it, the one that was run last.")
    private String lesson;

    StoryCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<LessonFiles> lessons = lesson == null ? workspace.lessons() : List.of(workspace.lesson(lesson));
        Optional<Path> newest = RunResultFile.newest(lessons);
        if (newest.isEmpty()) {
            String run = lesson == null ? "01" : number(lessons.get(0));
            String what = lesson == null ? "No lesson has" : "Lesson " + run + " has not";
            terminal.line(what + " been run yet. Run it: ./workbook run " + run);
            return ExitCode.USAGE;
        }
        LessonFiles run = RunResultFile.lesson(lessons, newest.get());
        Optional<RunResultFile> result = RunResultFile.read(run, newest.get());
        if (result.isEmpty()) {
            terminal.line(workspace.display(newest.get()) + " cannot be read; it is of another version, or was cut off."
                    + " A run writes it anew: ./workbook run " + number(run));
            return ExitCode.USAGE;
        }
        tell(result.get());
        return ExitCode.GREEN;
    }

    private void tell(RunResultFile result) {
        String number = number(result.lesson());
        Optional<FailedTest> failed = result.firstFailure();
        if (failed.isEmpty()) {
            terminal.line("No test failed in the last run of lesson " + number + ".");
            return;
        }
        terminal.line(terminal.bold(Wrap.labelled(
                        "Lesson " + number + ", step " + failed.get().step() + ": ",
                        failed.get().name(),
                        80)
                .stripTrailing()));
        terminal.line("");
        Style style = Style.ofTerminal();
        failed.get()
                .story()
                .ifPresentOrElse(
                        story -> new StoryText(style.symbols(), terminal::red)
                                .lines(story)
                                .forEach(terminal::line),
                        () -> terminal.line(Wrap.labelled("", NO_STORY, WIDTH).stripTrailing()));
        terminal.line("");
        failed.get()
                .text()
                .lines()
                .limit(2)
                .map(line -> Wrap.labelled(indent(line), line.strip(), WIDTH).stripTrailing())
                .forEach(terminal::line);
    }

    private static String indent(String line) {
        return line.startsWith(" ") ? "  " : "";
    }

    private static String number(LessonFiles lesson) {
        return lesson.name().substring(0, 2);
    }
}
