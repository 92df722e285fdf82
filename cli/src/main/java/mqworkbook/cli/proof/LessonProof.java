package mqworkbook.cli.proof;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import mqworkbook.cli.bench.LessonBench;
import mqworkbook.cli.host.Terminal;
import mqworkbook.workbench.answer.Answer;
import mqworkbook.workbench.answer.AnswerException;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.run.Judge;

/** Proves the judge of one lesson: compiles answers ahead while others are judged, one at a time, on warm brokers. */
public final class LessonProof {

    private final LessonFiles lesson;
    private final LessonBench bench;
    private final Judge judge;
    private final Path consoles;
    private final Terminal terminal;

    /**
     * A proof.
     *
     * @param consoles a folder that takes what each run prints
     */
    public LessonProof(LessonFiles lesson, LessonBench bench, Judge judge, Path consoles, Terminal terminal) {
        this.lesson = lesson;
        this.bench = bench;
        this.judge = judge;
        this.consoles = consoles;
        this.terminal = terminal;
    }

    /** Runs the whole proof, and prints each result as it comes. */
    public List<ProofResult> run(Answer skeleton) {
        List<ProofItem> items = new ProofPlan(lesson, bench, skeleton).items();
        ExecutorService compiling = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "compiling");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<LessonBench.Compiled>> compiled = items.stream()
                    .map(item -> compiling.submit(item.answer()::get))
                    .toList();
            List<ProofResult> results = new ArrayList<>();
            for (int i = 0; i < items.size(); i++) {
                String number = "[%2d/%d] ".formatted(i + 1, items.size());
                terminal.passing(number + items.get(i).label());
                ProofResult result = prove(items.get(i), compiled.get(i), number);
                print(number, result);
                results.add(result);
            }
            return results;
        } finally {
            compiling.shutdownNow();
        }
    }

    private ProofResult prove(ProofItem item, Future<LessonBench.Compiled> compiled, String number) {
        Path console = consoles.resolve(item.label().replaceAll("[^A-Za-z0-9.-]+", "-") + ".txt");
        try {
            var request =
                    bench.request(compiled.get(), List.of(), item.expectation().parameters(), console);
            var run = judge.run(
                    request,
                    test -> terminal.passing(number + item.label() + ", step " + test.step() + ": " + test.test()));
            return new ProofResult(item, item.expectation().complaints(run), run, console);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AnswerException refused) {
                return ProofResult.refused(item, refused.getMessage(), console);
            }
            throw new IllegalStateException("The " + item.label() + " could not be compiled", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted in the proof of " + lesson.name(), e);
        }
    }

    private void print(String number, ProofResult result) {
        String verdict = result.proven() ? terminal.green("ok  ") : terminal.red("NOT ");
        terminal.line("%s%s%s: %s (%s)"
                .formatted(
                        number,
                        verdict,
                        result.item().label(),
                        result.summary(),
                        Format.seconds(result.run().duration())));
        result.complaints().forEach(complaint -> terminal.line("        " + terminal.red(complaint)));
        if (!result.proven() && !result.run().problem().isBlank()) {
            terminal.line("        The learner reads:");
            result.run().problem().lines().forEach(line -> terminal.line("        | " + line));
        }
    }
}
