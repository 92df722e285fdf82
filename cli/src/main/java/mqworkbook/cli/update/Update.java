package mqworkbook.cli.update;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mqworkbook.cli.host.Git;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.answer.AnswerException;
import mqworkbook.workbench.brokers.cache.UserCache;

/**
 * Brings a newer workbook under a learner's work. No edit is lost: what was there before is kept in git's store under {@code
 * refs/workbook/before-update-TIME}, and an update that is killed is finished by the next.
 */
public final class Update {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss");
    private static final String BEFORE = "refs/workbook/before-update-";
    private static final int SHORT = 7;

    /** What git may be in the middle of, and how one gets out of it. */
    private static final Map<String, String> UNDER_WAY = Map.of(
            "MERGE_HEAD", "A merge is going on here. Finish it (git commit), or leave it (git merge --abort)",
            "rebase-merge",
                    "A rebase is going on here. Finish it (git rebase --continue), or leave it (git rebase --abort)",
            "rebase-apply",
                    "A rebase is going on here. Finish it (git rebase --continue), or leave it (git rebase --abort)",
            "CHERRY_PICK_HEAD", "A cherry-pick is going on here. Finish it, or leave it (git cherry-pick --abort)",
            "REVERT_HEAD", "A revert is going on here. Finish it, or leave it (git revert --abort)",
            "index.lock", "Git is at work here, or was ended at work: if no git runs, remove .git/index.lock");

    private final Workspace workspace;
    private final Terminal terminal;
    private final Git git;
    private final Switch change;
    private final Path folder;

    public Update(Workspace workspace, Terminal terminal) {
        this(workspace, terminal, step -> {});
    }

    Update(Workspace workspace, Terminal terminal, Switch.Steps steps) {
        this.workspace = workspace;
        this.terminal = terminal;
        this.git = new Git(workspace.root());
        this.change = new Switch(workspace, git, steps);
        this.folder = workspace.state().resolve("update");
    }

    /** Whether one was begun in the checkout and not finished. */
    public static boolean isPending(Workspace workspace) {
        return new Switch(workspace, new Git(workspace.root()), step -> {}).isPending();
    }

    /**
     * Updates.
     *
     * @param from see {@link Source#of}
     * @param dry only tell what it would do
     * @param replace also replace files of the workbook that the learner has changed
     * @throws AnswerException if it cannot be done without losing something; nothing has been changed then
     * @throws UncheckedIOException if git or the disk fails
     */
    public void run(String from, boolean dry, boolean replace) {
        try {
            refuseAnUnfitCheckout();
            if (change.isPending()) {
                finishPending();
            } else {
                update(Source.of(git, from).fetch(workspace, git, terminal.interactive()), dry, replace);
            }
        } catch (IOException e) {
            throw Switch.failed(e);
        }
    }

    /** Brings back what was before the last update, or before the last undo. */
    public void undo() {
        try {
            refuseAnUnfitCheckout();
            if (change.isPending()) {
                finishPending();
            }
            Optional<String> ref =
                    git.lines("", "for-each-ref", "--sort=-refname", "--format=%(refname)", "refs/workbook/").stream()
                            .filter(name -> name.startsWith(BEFORE))
                            .findFirst();
            if (ref.isEmpty()) {
                terminal.line("There was no update yet; nothing to undo.");
                return;
            }
            Snapshot target = Snapshot.of(git, ref.get());
            Snapshot now = Snapshot.take(
                    workspace,
                    git,
                    untracked(GitTree.of(git, target.files()).files().keySet()));
            if (!now.branch().equals(target.branch())) {
                throw new AnswerException("The last update was made "
                        + (target.branch().isEmpty()
                                ? "at no branch. Go there first: git switch --detach " + target.head()
                                : "on another branch. Go there first: git switch "
                                        + target.branch().replace("refs/heads/", "")));
            }
            String time = time();
            change.prepare(folder.resolve(time), BEFORE + time, now, target.head(), target.index(), target.files());
            tellEdited(change.finish());
            terminal.line("All is as it was in " + shown(ref.get()) + ".");
            tellKept(time);
        } catch (IOException e) {
            throw Switch.failed(e);
        }
    }

    private void update(String newest, boolean dry, boolean replace) throws IOException {
        String head = git.lines("", "rev-parse", "HEAD").get(0);
        if (git.succeeds("merge-base", "--is-ancestor", newest, head)) {
            terminal.line("This is the newest workbook already (" + newest.substring(0, SHORT) + ").");
            return;
        }
        String begun = git.line("merge-base", head, newest)
                .orElseThrow(() -> new AnswerException("This clone and the newer workbook have no history in common."
                        + (git.line("rev-parse", "--is-shallow-repository").equals(Optional.of("true"))
                                ? " The clone is shallow; complete it: git fetch --unshallow"
                                : " Clone it anew, and copy your lessons/*/src/main/java into the clone.")));
        Snapshot now = Snapshot.take(
                workspace, git, untracked(GitTree.of(git, newest).files().keySet()));
        String time = time();
        Path place = folder.resolve(time);
        try {
            Plan plan = Plan.of(git, now, begun, newest, place.resolve(Switch.MERGE));
            tell(plan, begun, newest, place);
            if (!plan.foreign().isEmpty() && !replace) {
                refuseForeign(plan, begun);
            }
            if (dry) {
                terminal.line("Nothing has been changed: this was a dry run.");
                return;
            }
            layBeside(plan, newest, place);
            change.prepare(place, BEFORE + time, now, plan.head(), plan.index(), plan.files());
            tellEdited(change.finish());
            terminal.line("Updated. The next command builds the workbook anew.");
            tellKept(time);
        } finally {
            UserCache.delete(place.resolve(Switch.MERGE));
            if (Folders.isEmpty(place)) {
                Files.delete(place);
            }
        }
    }

    private void finishPending() throws IOException {
        List<String> edited = change.finish();
        tellEdited(edited);
        terminal.line("An update had broken off; it is finished now.");
        terminal.line("  Undo      ./workbook update --undo");
    }

    private void refuseAnUnfitCheckout() {
        if (git.line("rev-parse", "--verify", "--quiet", "HEAD").isEmpty()) {
            throw new UncheckedIOException(
                    new IOException(
                            "This needs git, and a clone of the workbook with a commit. Of a"
                                    + " workbook that was unpacked, clone it anew, and copy your lessons/*/src/main/java into the clone."));
        }
        if (!git.line("rev-parse", "--show-prefix").orElse("").isEmpty()) {
            throw new AnswerException("The workbook is a folder of another repository; clone it on its own.");
        }
        UNDER_WAY.forEach((file, text) -> {
            boolean present = git.line("rev-parse", "--git-path", file)
                    .filter(path -> Files.exists(workspace.root().resolve(path)))
                    .isPresent();
            // Of a switch that was killed, git's lock is told all the same: only its owner knows that no git runs.
            if (present) {
                throw new AnswerException(text + "; then update again. Nothing has been changed.");
            }
        });
    }

    private static void refuseForeign(Plan plan, String begun) {
        throw new AnswerException("You have changed what is the workbook's own, and the update would replace it:\n"
                + plan.foreign().stream().map(path -> "  " + path + "\n").collect(Collectors.joining())
                + "Put it back (git checkout " + begun.substring(0, SHORT)
                + " -- FILE), or let it be replaced: ./workbook update --replace. It is kept"
                + " then, for update --undo. Nothing has been changed.");
    }

    private void tell(Plan plan, String begun, String newest, Path place) {
        List<String> commits = git.lines("", "rev-list", begun + ".." + newest);
        terminal.line("The workbook goes from " + begun.substring(0, SHORT) + " to " + newest.substring(0, SHORT) + ", "
                + count(commits.size(), "commit") + ".");
        terminal.line("  newer     " + count(plan.workbookFiles(), "file") + " of the workbook's own");
        List<Outcome> renewed = plan.outcomes(Outcome.Kind.NEWER);
        List<Outcome> kept = plan.outcomes(Outcome.Kind.KEPT);
        if (!renewed.isEmpty()) {
            terminal.line("  newer     " + count(renewed.size(), "skeleton file") + " that you have not touched");
        }
        if (!kept.isEmpty()) {
            terminal.line("  yours     " + count(kept.size(), "file") + " that you have edited, as they are");
        }
        plan.outcomes(Outcome.Kind.GONE)
                .forEach(outcome -> line(outcome, "stays; the newer workbook has no such file any more"));
        plan.outcomes(Outcome.Kind.MERGED).forEach(outcome -> line(outcome, "has your edits and the newer skeleton's"));
        plan.outcomes(Outcome.Kind.CONFLICT)
                .forEach(outcome -> line(
                        outcome, "yours stays; the newer one is " + workspace.display(place.resolve(outcome.path()))));
    }

    private void line(Outcome outcome, String text) {
        terminal.line("  " + (outcome.kind().word() + " ".repeat(10)).substring(0, 10) + outcome.path() + ": " + text);
    }

    private void layBeside(Plan plan, String newest, Path place) throws IOException {
        String paths = plan.outcomes(Outcome.Kind.CONFLICT).stream()
                .map(outcome -> outcome.path() + "\n")
                .collect(Collectors.joining());
        Files.createDirectories(place);
        git.withOwnIndex((own, scratch) -> {
            own.lines("", "read-tree", newest);
            return own.lines(paths, "checkout-index", "--force", "--prefix=" + place + "/", "--stdin");
        });
    }

    private void tellEdited(List<String> edited) {
        edited.forEach(
                path -> terminal.line("  edited    " + path + ": you have changed it meanwhile, and it is as you left"
                        + " it; what was to be there lies in " + workspace.display(folder)));
    }

    private void tellKept(String time) {
        terminal.line("  Before    " + shown(BEFORE + time));
        terminal.line("  Undo      ./workbook update --undo");
    }

    private static String shown(String ref) {
        return ref.replaceFirst("^refs/", "");
    }

    /** Of these paths those at which something lies that git does not track. */
    private Collection<String> untracked(Set<String> paths) {
        Set<String> tracked = git.lines("", "-c", "core.quotePath=true", "ls-files").stream()
                .map(GitTree::unquoted)
                .collect(Collectors.toCollection(HashSet::new));
        return paths.stream()
                .filter(path -> !tracked.contains(path)
                        && Files.isRegularFile(workspace.root().resolve(path)))
                .toList();
    }

    /** Later than that of every update so far, also within one second or after the clock was set back. */
    private String time() {
        LocalDateTime now = LocalDateTime.now();
        return git.lines("", "for-each-ref", "--sort=-refname", "--format=%(refname)", "refs/workbook/").stream()
                .filter(name -> name.startsWith(BEFORE))
                .findFirst()
                .map(name -> LocalDateTime.parse(name.substring(BEFORE.length()), TIME)
                        .plusSeconds(1))
                .filter(next -> next.isAfter(now))
                .map(TIME::format)
                .orElse(TIME.format(now));
    }

    private static String count(long number, String word) {
        return number + " " + word + (number == 1 ? "" : "s");
    }
}
