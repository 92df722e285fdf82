package mqworkbook.cli.proof;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import mqworkbook.cli.bench.LessonBench;
import mqworkbook.cli.host.Terminal;
import mqworkbook.workbench.answer.Answer;
import mqworkbook.workbench.answer.AnswerException;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.run.Judge;
import mqworkbook.workbench.run.RunRequest;
import mqworkbook.workbench.run.RunResult;

/**
 * Proves the judge of one lesson. Answers are compiled ahead while others are judged; each of a few judges, with brokers of
 * its own, takes the next answer when it is done with one. Tests mostly wait, so there may be more judges than cores.
 */
public final class LessonProof {

    private final LessonFiles lesson;
    private final LessonBench bench;
    private final Supplier<Judge> judges;
    private final Path consoles;
    private final Terminal terminal;
    private final int lanes;
    private final TestChoices choices;

    /**
     * A proof.
     *
     * @param judges gives a judge whose brokers run
     * @param lanes how many judges
     * @param consoles a folder that takes what each run prints
     */
    public LessonProof(
            LessonFiles lesson,
            LessonBench bench,
            Supplier<Judge> judges,
            int lanes,
            Path consoles,
            Terminal terminal) {
        this.lesson = lesson;
        this.bench = bench;
        this.judges = judges;
        this.lanes = lanes;
        this.choices = new TestChoices(lanes);
        this.consoles = consoles;
        this.terminal = terminal;
    }

    /**
     * Runs the whole proof, and prints each result as it comes.
     *
     * @return the results, in the order of the plan
     */
    public List<ProofResult> run(Answer skeleton) {
        List<ProofItem> items = new ProofPlan(lesson, bench, skeleton).items();
        ExecutorService compiling = Executors.newSingleThreadExecutor(LessonProof::daemon);
        ExecutorService judging = Executors.newFixedThreadPool(lanes, LessonProof::daemon);
        try {
            List<Future<LessonBench.Compiled>> compiled = items.stream()
                    .map(item -> compiling.submit(item.answer()::get))
                    .toList();
            ProofResult[] results = new ProofResult[items.size()];
            AtomicInteger next = new AtomicInteger();
            List<Future<?>> running = new ArrayList<>();
            for (int lane = 0; lane < lanes; lane++) {
                running.add(judging.submit(() -> judge(items, compiled, next, results)));
            }
            for (Future<?> lane : running) {
                lane.get();
            }
            return List.of(results);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw new IllegalStateException("The proof of " + lesson.name() + " broke off", e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            compiling.shutdownNow();
            judging.shutdownNow();
        }
    }

    private void judge(
            List<ProofItem> items,
            List<Future<LessonBench.Compiled>> compiled,
            AtomicInteger next,
            ProofResult[] results) {
        try (Judge judge = judges.get()) {
            for (int i = next.getAndIncrement(); i < items.size(); i = next.getAndIncrement()) {
                String number = "[%2d/%d] ".formatted(i + 1, items.size());
                terminal.passing(number + items.get(i).label());
                results[i] = prove(judge, items.get(i), compiled.get(i), number, true);
                print(number, results[i]);
            }
        }
    }

    private ProofResult prove(
            Judge judge, ProofItem item, Future<LessonBench.Compiled> compiled, String number, boolean again) {
        Path console = consoles.resolve(item.fileName() + ".txt");
        try {
            LessonBench.Compiled answer = compiled.get();
            RunRequest request = bench.request(
                            answer, List.of(), item.expectation().parameters(), console)
                    .of(choices.of(item, answer.classes()));
            boolean reference = item.kind() == ProofItem.Kind.REFERENCE;
            RunResult run = judge.run(
                    reference ? request.thatTells() : request,
                    test -> terminal.passing(number + item.label() + ", step " + test.step() + ": " + test.test()));
            if (reference) {
                choices.reference(answer.classes(), run);
            }
            List<String> complaints = item.expectation().complaints(run);
            if (again && Expectations.onlyLate(complaints)) {
                return prove(judge, item, compiled, number, false);
            }
            return new ProofResult(item, complaints, run, console);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AnswerException refused) {
                return ProofResult.refused(item, refused.getMessage(), console);
            }
            throw new IllegalStateException("The " + item.label() + " could not be compiled", e.getCause());
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            if (item.kind() == ProofItem.Kind.REFERENCE) {
                choices.referenceEnded();
            }
        }
    }

    private IllegalStateException interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted in the proof of " + lesson.name(), cause);
    }

    private synchronized void print(String number, ProofResult result) {
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

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "proof");
        thread.setDaemon(true);
        return thread;
    }
}
