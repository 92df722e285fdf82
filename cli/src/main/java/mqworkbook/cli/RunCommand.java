package mqworkbook.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.answer.CompilationException;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.run.RunResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code workbook run LESSON}. */
@Command(
        name = "run",
        description = "Judges your code of a lesson, or another answer to it.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "--json prints one object: lesson, title, complete, sources (a fingerprint of your files), message and"
                    + " steps; each step with number, title, core, minutes, state (DONE, TODO, WRONG, WAITING,"
                    + " PARTLY, NOT_RUN), waitingFor, passed, methods and tests; each test with name, state (PASSED, FAILED, SKIPPED),"
                    + " millis, text and, where one is known, its story: lanes, and scenes with millis, from, to, what,"
                    + " message, detail, marked and harm, or more for those left out. An answer that could not be judged"
                    + " has only lesson, complete and message."
        })
final class RunCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    @Parameters(paramLabel = "LESSON", description = "The lesson: 01, 1, decoupling or 01-decoupling.")
    private String lesson;

    @Mixin
    private AnswerOptions answer;

    @Mixin
    private JudgeProperties properties;

    @Mixin
    private ShareOptions share;

    @Option(names = "--all", description = "Run all steps, also those behind a step that is not done.")
    private boolean all;

    @Option(names = "--upto", paramLabel = "STEP", description = "Run no step behind this one.")
    private Integer upto;

    @Option(names = "--json", description = "Print the result as JSON in place of text.")
    private boolean json;

    RunCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (all) {
            parameters.put("steps", "all");
        }
        if (upto != null) {
            parameters.put("upto", String.valueOf(upto));
        }
        LessonFiles files = workspace.lesson(lesson);
        boolean own = answer.isLearners();
        if (json) {
            share.refuseToBeginSilently();
            return share.around(workspace, Terminal.silent(), files, own, () -> tellJson(files, parameters));
        }
        LessonRunner runner = new LessonRunner(terminal, files, false);
        return share.around(workspace, terminal, files, own, () -> runner.run(answer, parameters, properties));
    }

    private int tellJson(LessonFiles files, Map<String, String> parameters) {
        try {
            RunResult result = new LessonRunner(Terminal.silent(), files, false)
                    .judge(answer, parameters, properties, files.folder().resolve("target/run/console.txt"));
            terminal.line(
                    result.broken().isEmpty() ? read(files.result(answer.name())) : unjudged(files, result.broken()));
            return LessonRunner.exitCode(result);
        } catch (CompilationException e) {
            terminal.line(unjudged(files, e.getMessage()));
            return ExitCode.RED;
        }
    }

    private static String unjudged(LessonFiles files, String message) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("lesson", files.name().substring(0, 2));
        object.put("complete", false);
        object.put("message", message);
        return Json.of(object);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
