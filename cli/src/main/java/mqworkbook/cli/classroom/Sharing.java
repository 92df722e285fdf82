package mqworkbook.cli.classroom;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.learner.Notebook;
import mqworkbook.cli.learner.Progress;
import mqworkbook.cli.learner.RedStreak;
import mqworkbook.cli.learner.Share;
import mqworkbook.cli.learner.StepProgress;
import mqworkbook.workbench.answer.AnswerException;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.judge.report.StepState;

/** What a run of the learner's code has to do with the class: it is counted, and told to whom the learner shares with. */
public final class Sharing {

    private static final String END = "end it with --share off";

    private final Workspace workspace;
    private final Terminal terminal;
    private final Clock clock;

    /**
     * For runs in a checkout.
     *
     * @param terminal shows what is shared
     */
    public Sharing(Workspace workspace, Terminal terminal, Clock clock) {
        this.workspace = workspace;
        this.terminal = terminal;
        this.clock = clock;
    }

    /**
     * Begins to share, and tells in full what will be sent.
     *
     * @param name null for the one used last, else the user's login name
     * @throws AnswerException if there is no such classroom
     */
    public void begin(String typed, String name, LessonFiles lesson) {
        String address = Classroom.at(typed).address();
        Notebook notebook = Notebook.of(workspace);
        String login = ProgressJson.clean(System.getProperty("user.name", "somebody"));
        String used = notebook.shareName();
        String chosen = name != null ? name(name) : used.isEmpty() ? login : used;
        notebook.share(address, chosen);
        terminal.line("From now on each run here tells " + address + " how far you are, as " + chosen + "; " + END + "."
                + (name == null ? " Another name: --as NAME." : ""));
        terminal.line("This is all that it tells, as of now; never your code:");
        Progress progress = Progress.of(lesson);
        terminal.line(ProgressJson.write(document(notebook, progress, progress.lastRun(), true))
                .stripTrailing());
    }

    /**
     * Changes the name that is shared.
     *
     * @throws AnswerException if nothing is shared, or nothing is left of the name
     */
    public void rename(String name) {
        Notebook notebook = Notebook.of(workspace);
        Share share = notebook.share()
                .orElseThrow(() -> new AnswerException(
                        "--as is the name to share under, and you share nothing. Share with: --share URL|FOLDER"));
        notebook.share(share.address(), name(name));
    }

    /** Ends it. */
    public void end() {
        Notebook notebook = Notebook.of(workspace);
        Optional<Share> share = notebook.share();
        notebook.shareNothing();
        terminal.line(share.map(old -> "Nothing is shared any more; what was told last stays at " + old.address() + ".")
                .orElse("Nothing is shared."));
    }

    /**
     * Counts one run of the learner's own code, and tells the classroom of it, when the verdict has been shown. Nothing that
     * goes wrong with it changes the verdict.
     *
     * @param run judges, and returns an exit code
     * @return that exit code
     */
    public int around(LessonFiles lesson, IntSupplier run) {
        Runnable afterwards = counting(lesson);
        int exitCode = run.getAsInt();
        afterwards.run();
        return exitCode;
    }

    /**
     * The same for who shows verdicts by other means.
     *
     * @return to be called when the run is over and its verdict shown; takes as long as the classroom does, two seconds at
     *     most
     */
    public Runnable counting(LessonFiles lesson) {
        Optional<Instant> before = Progress.of(lesson).lastRun();
        getReady(lesson);
        return () -> {
            try {
                Progress progress = Progress.of(lesson);
                boolean judged =
                        progress.lastRun().isPresent() && !progress.lastRun().equals(before);
                afterRun(progress, judged);
            } catch (RuntimeException e) {
                terminal.line("This run could not be counted, or shared: " + e.getMessage());
            }
        };
    }

    /** Tells with whom the learner shares, where that is switched on. */
    public void remind() {
        Notebook.of(workspace)
                .share()
                .ifPresent(share -> terminal.line(terminal.faint("Each run's progress is shared with " + share.address()
                        + " as " + share.name() + "; " + END + ".")));
    }

    private void getReady(LessonFiles lesson) {
        try {
            Progress progress = Progress.of(lesson);
            Notebook notebook = Notebook.of(workspace);
            notebook.share()
                    .filter(share -> share.address().matches("(?i)https?:.*"))
                    .ifPresent(share -> Delivery.prepare(
                            Classroom.at(share.address()), document(notebook, progress, progress.lastRun(), true)));
        } catch (RuntimeException e) {
            // Sharing meets it again, and tells it.
        }
    }

    private void afterRun(Progress progress, boolean judged) {
        Notebook notebook = Notebook.of(workspace);
        String lesson = progress.lesson().name();
        Optional<StepProgress> red = red(progress);
        // What was not asked for (--upto), or could not be tried for want of a broker, says nothing of the code.
        boolean unknown =
                judged && red.filter(step -> step.state() == StepState.NOT_RUN).isPresent();
        if (!unknown) {
            notebook.redStreak(lesson, RedStreak.after(notebook.redStreak(lesson), red, clock.instant()));
        }
        Optional<Share> share = notebook.share();
        if (share.isEmpty()) {
            return;
        }
        Optional<String> problem = Delivery.send(
                Classroom.at(share.get().address()),
                document(notebook, progress, Optional.of(clock.instant()), judged));
        terminal.line(terminal.faint(problem.map(why -> "Your progress was not shared with "
                        + share.get().address() + ": " + why + ". The next run tries again; " + END + ".")
                .orElse("Your progress is shared with " + share.get().address() + " as "
                        + share.get().name() + "; " + END + ".")));
    }

    private LearnerProgress document(Notebook notebook, Progress progress, Optional<Instant> lastRun, boolean judged) {
        return LearnerProgress.of(
                notebook.share().orElseThrow(),
                progress,
                Progress.all(workspace),
                notebook.redStreak(progress.lesson().name()),
                lastRun,
                judged,
                clock.instant());
    }

    /** The step that the lesson is red at. */
    private static Optional<StepProgress> red(Progress progress) {
        List<StepProgress> steps = progress.steps();
        return steps.stream().filter(step -> !step.done()).findFirst();
    }

    private static String name(String typed) {
        String name = ProgressJson.clean(typed);
        if (name.isEmpty()) {
            throw new AnswerException("--as needs a name that can be read.");
        }
        return name;
    }
}
