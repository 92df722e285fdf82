package mqworkbook.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.solution.SourceDiff;
import mqworkbook.workbench.answer.Answer;
import mqworkbook.workbench.answer.AnswerException;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.answer.MistakeHeader;
import mqworkbook.workbench.answer.Suggestion;
import mqworkbook.workbench.judge.report.Wrap;
import mqworkbook.workbench.run.RunResult;
import mqworkbook.workbench.run.TestOutcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code workbook mistakes LESSON [NAME]}. */
@Command(
        name = "mistakes",
        description = {
            "Shows wrong answers, each what somebody really ships, by how they show in production.",
            "With a name it shows the code and asks which step breaks; then the judge tells."
        },
        mixinStandardHelpOptions = true)
final class MistakesCommand implements Callable<Integer> {

    private static final int WIDTH = 100;

    private final Workspace workspace;
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "LESSON", description = "The lesson: 01, 1, decoupling or 01-decoupling.")
    private String lesson;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "The mistake; without it, all.")
    private String name;

    @Option(names = "--run", description = "Run the mistake without asking first.")
    private boolean run;

    @Mixin
    private JudgeProperties properties;

    MistakesCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        LessonFiles files = workspace.lesson(lesson);
        if (name == null) {
            list(files);
            return ExitCode.GREEN;
        }
        Path mistake = mistake(files);
        MistakeHeader header = MistakeHeader.of(mistake);
        show(files, mistake, header);
        Optional<String> guess = run ? Optional.empty() : terminal.ask("Which step breaks? ");
        if (!run && guess.isEmpty()) {
            terminal.line("Which step breaks? The judge tells: ./workbook mistakes "
                    + files.name().substring(0, 2) + " " + name + " --run");
            return ExitCode.GREEN;
        }
        return judge(files, mistake, header, guess.orElse(""));
    }

    private void list(LessonFiles files) {
        List<MistakeHeader> headers =
                files.mistakes().stream().map(MistakeHeader::of).toList();
        int width = headers.stream()
                .mapToInt(header -> header.name().length())
                .max()
                .orElse(0);
        for (MistakeHeader header : headers) {
            String label = header.name() + " ".repeat(width - header.name().length());
            String text = Wrap.labelled(label + "  ", header.showsAs(), WIDTH).stripTrailing();
            terminal.line(terminal.bold(label) + text.substring(label.length()));
        }
        terminal.line("");
        terminal.line("To see one: ./workbook mistakes " + files.name().substring(0, 2) + " NAME");
    }

    private Path mistake(LessonFiles files) {
        List<Path> mistakes = files.mistakes();
        return mistakes.stream()
                .filter(folder -> nameOf(folder).equals(name))
                .findFirst()
                .orElseThrow(() -> new AnswerException("Lesson " + files.name() + " has no mistake " + name + ". "
                        + Suggestion.closest(name, mistakes, MistakesCommand::nameOf)
                                .map(closest -> "Did you mean " + nameOf(closest) + "?")
                                .orElseGet(() -> mistakes.stream()
                                        .map(MistakesCommand::nameOf)
                                        .collect(Collectors.joining(", ", "There are ", ".")))));
    }

    private static String nameOf(Path folder) {
        return folder.getFileName().toString();
    }

    private void show(LessonFiles files, Path mistake, MistakeHeader header) {
        Map<String, Path> wrong = Answer.of(name, mistake).files();
        Map<String, Path> right = Answer.reference(files).files();
        right.keySet().retainAll(wrong.keySet());
        new SourceDiff(workspace, terminal).between(right, wrong).forEach(terminal::line);
        terminal.line("");
        terminal.line(Wrap.labelled("Shows as  ", header.showsAs(), WIDTH).stripTrailing());
        terminal.line("");
    }

    private int judge(LessonFiles files, Path mistake, MistakeHeader header, String guess) {
        RunResult result =
                new LessonRunner(terminal, files, false).judge(AnswerOptions.of(mistake), Map.of(), properties, null);
        if (LessonRunner.exitCode(result) == ExitCode.ENVIRONMENT) {
            return ExitCode.ENVIRONMENT;
        }
        int step = result.firstFailure().map(TestOutcome::step).orElse(0);
        terminal.line("");
        terminal.line(verdict(guess, step));
        terminal.line(Wrap.labelled("Because  ", header.wrong(), WIDTH).stripTrailing());
        return ExitCode.of(step == header.step());
    }

    private String verdict(String guess, int step) {
        if (step == 0) {
            return terminal.red("No step breaks: the judge misses this mistake.");
        }
        if (guess.isEmpty()) {
            return "Step " + step + " breaks.";
        }
        return guess.equals(String.valueOf(step))
                ? terminal.green("Right: step " + step + " breaks.")
                : terminal.red("Not step " + guess + ": step " + step + " breaks.");
    }
}
