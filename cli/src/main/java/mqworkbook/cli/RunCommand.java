package mqworkbook.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code workbook run LESSON}. */
@Command(
        name = "run",
        description = "Judges your code of a lesson, or another answer to it.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal terminal;

    @Parameters(paramLabel = "LESSON", description = "The lesson: 01, 1, decoupling or 01-decoupling.")
    private String lesson;

    @Mixin
    private AnswerOptions answer;

    @Mixin
    private JudgeProperties properties;

    @Option(names = "--all", description = "Run all steps, also those behind a step that is not done.")
    private boolean all;

    @Option(names = "--upto", paramLabel = "STEP", description = "Run no step behind this one.")
    private Integer upto;

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
        return new LessonRunner(terminal, workspace.lesson(lesson), false).run(answer, parameters, properties);
    }
}
