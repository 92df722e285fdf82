package mqworkbook.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import mqworkbook.cli.bench.FolderLock;
import mqworkbook.cli.bench.LessonBench;
import mqworkbook.cli.bench.LessonClassPath;
import mqworkbook.cli.bench.LessonJudge;
import mqworkbook.cli.documents.Documents;
import mqworkbook.cli.host.Git;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.proof.GoldenMessages;
import mqworkbook.cli.proof.LessonParts;
import mqworkbook.cli.proof.LessonProof;
import mqworkbook.cli.proof.Matrix;
import mqworkbook.cli.proof.ProjectTests;
import mqworkbook.cli.proof.ProofResult;
import mqworkbook.workbench.answer.Answer;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.run.Judge;
import mqworkbook.workbench.run.TestOutcome;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code workbook verify [LESSON...]}. */
@Command(
        name = "verify",
        description = {
            "Proves the judge: the skeleton is red with its to-dos, the reference and the alternatives are green, and every"
                    + " mistake is caught in its step with the words that its header promises.",
            "It also compares what the judge says with the messages that are recorded in solutions/LESSON/messages, and notes"
                    + " what differs.",
            "Without a lesson it proves the whole project: all tests of all modules, then every lesson."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "--json prints one object: proven, complaints (a sentence each), notes (messages that are not the recorded ones)"
                    + " and matrix; each row with lesson, mistake, step"
                    + " (0 when nothing caught it), test and proven (whether it was caught as its header says)."
        })
final class VerifyCommand implements Callable<Integer> {

    private final Workspace workspace;
    private final Terminal output;
    private Terminal terminal;

    @Parameters(paramLabel = "LESSON", arity = "0..*", description = "The lessons: 01, 1, decoupling or 01-decoupling.")
    private List<String> names = List.of();

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "How many answers are judged at the same time, each on brokers of its own; 3 unless told.")
    private int jobs = 3;

    @Option(names = "--json", description = "Print the proof as JSON in place of text.")
    private boolean json;

    @ArgGroup
    private Record record;

    @Option(names = "--strict", description = "A message that is not the recorded one makes the proof red.")
    private boolean strict;

    @Mixin
    private JudgeProperties properties;

    /** One of the two. */
    private static final class Record {

        @Option(names = "--record", description = "Record messages that are not recorded, beside those that are.")
        private boolean add;

        @Option(names = "--record-afresh", description = "Record this proof's messages in place of those that are.")
        private boolean afresh;
    }

    VerifyCommand(Workspace workspace, Terminal terminal) {
        this.workspace = workspace;
        this.output = terminal;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal = json ? Terminal.silent() : output;
        List<LessonFiles> lessons = names.isEmpty()
                ? workspace.lessons()
                : names.stream().map(workspace::lesson).distinct().toList();
        Path folder = workspace.root().resolve("target/verify");
        try (FolderLock lock = FolderLock.of(folder, () -> terminal.line("Another proof is going on; waiting."))) {
            if (names.isEmpty() && !new ProjectTests(workspace, folder, terminal).green(properties.withOwnBrokers())) {
                if (json) {
                    output.line(VerifyReport.unproven("The build failed, or a test of the project did.")
                            .json());
                }
                return ExitCode.RED;
            }
            List<String> complaints = new ArrayList<>();
            List<String> notes = new ArrayList<>();
            List<Matrix.LessonResults> proofs = new ArrayList<>();
            Map<String, Path> consoles = new LinkedHashMap<>();
            for (LessonFiles lesson : lessons) {
                List<ProofResult> results = prove(lesson, complaints, consoles);
                proofs.add(new Matrix.LessonResults(lesson.name(), results));
                notes.addAll(compare(lesson, results));
            }
            new Documents(workspace.root(), new CommandLineCheck(workspace)::problem, consoles)
                    .complaints()
                    .forEach(complaint -> {
                        terminal.line(terminal.red(complaint));
                        complaints.add(complaint);
                    });
            return conclude(VerifyReport.of(Matrix.of(proofs), complaints, notes, strict), folder);
        }
    }

    private List<ProofResult> prove(LessonFiles lesson, List<String> complaints, Map<String, Path> consoles) {
        terminal.line(terminal.bold("Lesson " + lesson.name()));
        Path folder = lesson.folder().resolve("target/verify");
        List<Path> libraries = LessonClassPath.of(lesson);
        LessonBench bench = new LessonBench(lesson, folder, libraries);
        bench.clear();
        Supplier<Judge> judges = () -> {
            Judge judge = LessonJudge.of(lesson, libraries, properties.withOwnBrokers(), terminal);
            LessonJudge.startBrokers(judge, lesson, terminal);
            return judge;
        };
        LessonProof proof = new LessonProof(lesson, bench, judges, jobs, folder.resolve("console"), terminal);
        Answer skeleton = skeleton(lesson, folder.resolve("committed"));
        List<ProofResult> results = proof.run(skeleton);
        results.forEach(
                result -> consoles.put(lesson.name() + ", " + result.item().label(), result.console()));
        consoles.put(lesson.name() + ", next", FirstSight.of(lesson, skeleton, folder.resolve("first-sight")));
        results.stream()
                .filter(result -> !result.proven())
                .map(result -> lesson.name() + ", " + result.item().label() + ": " + inOneLine(result)
                        + " All that the run printed: " + workspace.display(result.console()))
                .forEach(complaints::add);
        LessonParts.missing(lesson, steps(results)).forEach(part -> {
            terminal.line(terminal.red(part));
            complaints.add(lesson.name() + ": " + part);
        });
        return results;
    }

    private static String inOneLine(ProofResult result) {
        return result.complaints().stream()
                .map(complaint -> complaint.lines().findFirst().orElse(""))
                .collect(Collectors.joining(" "));
    }

    /** The learner's own edits are no part of the proof. */
    private Answer skeleton(LessonFiles lesson, Path exported) {
        Git git = new Git(workspace.root());
        if (!git.isEdited(lesson.skeleton())) {
            return Answer.skeleton(lesson);
        }
        terminal.line("The skeleton has been edited since the last commit; the proof takes the committed one.");
        git.export(lesson.skeleton(), exported);
        return Answer.of("skeleton", exported);
    }

    private static SortedSet<Integer> steps(List<ProofResult> results) {
        SortedSet<Integer> steps = new TreeSet<>();
        results.forEach(
                result -> result.run().tests().stream().map(TestOutcome::step).forEach(steps::add));
        steps.remove(0);
        return steps;
    }

    private GoldenMessages.Mode mode() {
        if (record == null) {
            return GoldenMessages.Mode.COMPARE;
        }
        return record.afresh ? GoldenMessages.Mode.AFRESH : GoldenMessages.Mode.ADD;
    }

    private List<String> compare(LessonFiles lesson, List<ProofResult> results) {
        GoldenMessages golden = new GoldenMessages(lesson);
        if (mode() == GoldenMessages.Mode.COMPARE) {
            return golden.differences(results);
        }
        int changes = golden.record(results, mode());
        terminal.line("Recorded in " + workspace.display(lesson.messages()) + ": "
                + (changes == 0 ? "nothing new." : changes + (changes == 1 ? " message." : " messages.")));
        return List.of();
    }

    private int conclude(VerifyReport report, Path folder) {
        report.matrix().write(folder);
        if (json) {
            output.line(report.json());
        }
        report.lines(terminal, workspace.display(folder.resolve("matrix.md"))).forEach(terminal::line);
        return ExitCode.of(report.proven());
    }
}
