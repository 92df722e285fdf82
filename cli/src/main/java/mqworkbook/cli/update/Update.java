package mqworkbook.cli.update;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
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

    static final int SHORT = 7;

    private final Workspace workspace;
    private final Terminal terminal;
    private final Git git;
    private final Switch change;
    private final Path folder;
    private final Befores befores;
    private final Telling telling;

    public Update(Workspace workspace, Terminal terminal) {
        this(workspace, terminal, step -> {});
    }

    Update(Workspace workspace, Terminal terminal, Switch.Steps steps) {
        this.workspace = workspace;
        this.terminal = terminal;
        this.git = new Git(workspace.root());
        this.change = new Switch(workspace, git, steps);
        this.folder = workspace.state().resolve("update");
        this.befores = new Befores(git);
        this.telling = new Telling(workspace, git, terminal);
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
            FitCheckout.require(workspace, git);
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
            FitCheckout.require(workspace, git);
            if (change.isPending()) {
                finishPending();
            }
            Optional<String> ref = befores.last();
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
            String time = befores.nextTime();
            change.prepare(folder.resolve(time), Befores.at(time), now, target.head(), target.index(), target.files());
            telling.edited(change.finish(), folder);
            terminal.line("All is as it was in " + Befores.shown(ref.get()) + ".");
            telling.kept(time);
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
        String time = befores.nextTime();
        Path place = folder.resolve(time);
        try {
            Plan plan = Plan.of(git, now, begun, newest, place.resolve(Switch.MERGE));
            telling.plan(plan, begun, newest, place);
            if (!plan.foreign().isEmpty() && !replace) {
                refuseForeign(plan, begun);
            }
            if (dry) {
                terminal.line("Nothing has been changed: this was a dry run.");
                return;
            }
            layBeside(plan, newest, place);
            change.prepare(place, Befores.at(time), now, plan.head(), plan.index(), plan.files());
            telling.edited(change.finish(), folder);
            terminal.line("Updated. The next command builds the workbook anew.");
            telling.kept(time);
        } finally {
            UserCache.delete(place.resolve(Switch.MERGE));
            if (Folders.isEmpty(place)) {
                Files.delete(place);
            }
        }
    }

    private void finishPending() throws IOException {
        telling.edited(change.finish(), folder);
        terminal.line("An update had broken off; it is finished now.");
        terminal.line("  Undo      ./workbook update --undo");
    }

    private static void refuseForeign(Plan plan, String begun) {
        throw new AnswerException("You have changed what is the workbook's own, and the update would replace it:\n"
                + plan.foreign().stream().map(path -> "  " + path + "\n").collect(Collectors.joining())
                + "Put it back (git checkout " + begun.substring(0, SHORT)
                + " -- FILE), or let it be replaced: ./workbook update --replace. It is kept"
                + " then, for update --undo. Nothing has been changed.");
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
}
