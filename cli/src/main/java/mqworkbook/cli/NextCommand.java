package mqworkbook.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.learner.Progress;
import mqworkbook.cli.learner.StepProgress;
import mqworkbook.cli.learner.WorkToDo;
import mqworkbook.cli.story.RunResultFile;
import picocli.CommandLine.Command;

/** {@code workbook next}. */
@Command(
        name = "next",
        description = "Tells where you are and what to do now. Runs nothing.",
        mixinStandardHelpOptions = true)
final class NextCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    NextCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Progress> all = Progress.all(workspace);
        Progress lesson = Progress.current(all);
        String number = lesson.lesson().name().substring(0, 2);
        terminal.line(terminal.bold("Lesson " + number + " " + lesson.title())
                + (lesson.editedSince() ? " (edited since the last run)" : ""));
        Optional<StepProgress> step = lesson.currentStep();
        if (step.isPresent()) {
            tell(lesson, step.get());
            terminal.line("  Hint     ./workbook hint " + number);
        } else {
            terminal.line(notAtAStep(lesson));
        }
        terminal.line("  Judge    ./workbook run " + number);
        terminal.line("  Lesson   " + workspace.display(lesson.lesson().folder().resolve("README.md")));
        if (hasStory(lesson)) {
            terminal.line("  Story    ./workbook story " + number);
        }
        return ExitCode.GREEN;
    }

    /** Of the newest run of all, which is the one that the command tells of. */
    private static boolean hasStory(Progress lesson) {
        return RunResultFile.files(lesson.lesson()).stream()
                .findFirst()
                .flatMap(file -> RunResultFile.read(lesson.lesson(), file))
                .flatMap(RunResultFile::firstFailure)
                .flatMap(RunResultFile.FailedTest::story)
                .isPresent();
    }

    private void tell(Progress lesson, StepProgress step) {
        WorkToDo work = WorkToDo.of(lesson, step, workspace::display);
        terminal.line("Step " + step.number() + ": " + step.step().title() + " ("
                + step.step().minutes() + " min)");
        terminal.line("");
        terminal.line(work.heading());
        if (!work.where().isEmpty()) {
            terminal.line("  Where    " + work.where());
        }
    }

    private static String notAtAStep(Progress lesson) {
        if (!lesson.wasRun()) {
            return "Nothing left to write, and not run yet.";
        }
        return lesson.complete() ? "All lessons are done." : lesson.message();
    }
}
