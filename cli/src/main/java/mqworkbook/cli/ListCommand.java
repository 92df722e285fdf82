package mqworkbook.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import mqworkbook.cli.host.Git;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.learner.LessonList;
import mqworkbook.cli.learner.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code workbook list [LESSON]}. */
@Command(
        name = "list",
        description = {
            "Shows the lessons and how far you are; with a lesson, its steps.",
            "It knows what the last run has left, by launcher, Maven or IDE, and the places that are still to be written."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "--json prints one object: lessons, each with lesson, title, current, state (not begun, not run, begun, done),"
                    + " editedSince, gaps and steps; each step with number, title, minutes, core, write, state (DONE,"
                    + " TODO, WRONG, WAITING, PARTLY, NOT_RUN), waitingFor, passed, methods and gaps."
        })
final class ListCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    @Parameters(
            paramLabel = "LESSON",
            arity = "0..1",
            description = "The lesson: 01, 1, decoupling or 01-decoupling; without it, all.")
    private String lesson;

    @Option(names = "--json", description = "Print it as JSON.")
    private boolean json;

    ListCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Progress> all = Progress.all(workspace);
        LessonList list = new LessonList(all, new Git(workspace.root()), terminal);
        List<Progress> shown = lesson == null
                ? all
                : Stream.of(workspace.lesson(lesson)).map(Progress::of).toList();
        if (json) {
            Map<String, Object> object =
                    Map.of("lessons", shown.stream().map(list::object).toList());
            terminal.line(Json.of(object));
        } else if (lesson == null) {
            shown.forEach(one -> terminal.line(list.line(one)));
        } else {
            list.steps(shown.get(0)).forEach(terminal::line);
        }
        return ExitCode.GREEN;
    }
}
