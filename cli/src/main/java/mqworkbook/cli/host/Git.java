package mqworkbook.cli.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mqworkbook.workbench.brokers.cache.UserCache;

/** The history of the checkout, where there is one. */
public final class Git {

    private static final String LAST = "HEAD";
    private static final String AUTHOR = "MQ Workbook";
    private static final String MAIL = "workbook@localhost";

    private final Path root;
    private final Map<String, String> environment;

    public Git(Path root) {
        this(root, Map.of());
    }

    private Git(Path root, Map<String, String> environment) {
        this.root = root;
        this.environment = environment;
    }

    /** The same with these variables in git's environment, such as an index of its own. */
    public Git with(Map<String, String> environment) {
        return new Git(root, environment);
    }

    /** Whether there are files of the folder in the last commit. */
    public boolean isCommitted(Path folder) {
        return isCommitted(LAST, folder);
    }

    /** Whether there are files of the folder in that commit. */
    public boolean isCommitted(String commit, Path folder) {
        return !committed(commit, relative(folder)).isEmpty();
    }

    /** Whether files below the folder differ from the last commit; false where there is no git or no commit of them. */
    public boolean isEdited(Path folder) {
        String path = relative(folder);
        Command.Result status = git("status", "--porcelain", "--untracked-files=all", "--", path);
        return status.succeeded()
                && !status.lines().isEmpty()
                && !committed(LAST, path).isEmpty();
    }

    /**
     * Writes the last commit's files of the folder into another, as a checkout would; where there is no commit of them,
     * none. Neither the working tree nor the index is touched.
     */
    public void export(Path folder, Path target) {
        export(LAST, folder, target);
    }

    /** The same of any commit. */
    public void export(String commit, Path folder, Path target) {
        if (!isCommitted(commit, folder)) {
            return;
        }
        withOwnIndex((git, scratch) -> {
            git.lines("", "read-tree", commit + ":./" + relative(folder));
            Files.createDirectories(target);
            return git.lines("", "checkout-index", "--all", "--force", "--prefix=" + target.toAbsolutePath() + "/");
        });
    }

    /** What is done with an index that is not the checkout's. */
    @FunctionalInterface
    public interface IndexWork<T> {

        /**
         * Does it.
         *
         * @param git works on the index, which is empty
         * @param scratch a folder for files, which is removed afterwards; the index lies in it, as "index"
         */
        T on(Git git, Path scratch) throws IOException;
    }

    /** Works on an index of its own, and leaves the checkout's as it is. */
    public <T> T withOwnIndex(IndexWork<T> work) {
        try {
            Path own = Scratch.make();
            try {
                return work.on(
                        with(Map.of("GIT_INDEX_FILE", own.resolve("index").toString())), own);
            } finally {
                UserCache.delete(own);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs git.
     *
     * @param input what it reads
     * @return what it printed
     * @throws UncheckedIOException if it fails
     */
    public List<String> lines(String input, String... arguments) {
        Command.Result result = command(arguments).reading(input).run();
        if (!result.succeeded()) {
            throw new UncheckedIOException(
                    new IOException("git " + String.join(" ", arguments) + " failed, exit code " + result.exitCode()));
        }
        return result.lines();
    }

    /** The only line that git prints; empty where it fails. */
    public Optional<String> line(String... arguments) {
        Command.Result result = git(arguments);
        return result.succeeded() ? result.lines().stream().findFirst() : Optional.empty();
    }

    /** Whether git does it without a complaint. */
    public boolean succeeds(String... arguments) {
        return git(arguments).succeeded();
    }

    /**
     * The same, whose commits are by the workbook itself: a learner need not have told git a name.
     *
     * @param time of the commit, as git reads it
     */
    public Git byWorkbook(String time) {
        Map<String, String> all = new HashMap<>(environment);
        for (String role : List.of("AUTHOR", "COMMITTER")) {
            all.put("GIT_" + role + "_NAME", AUTHOR);
            all.put("GIT_" + role + "_EMAIL", MAIL);
            all.put("GIT_" + role + "_DATE", time);
        }
        return with(all);
    }

    private List<String> committed(String commit, String path) {
        Command.Result tree = git("-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", commit, "--", path);
        return tree.succeeded() ? tree.lines() : List.of();
    }

    private Command.Result git(String... arguments) {
        return command(arguments).run();
    }

    private Command command(String... arguments) {
        List<String> words = new ArrayList<>(List.of("git", "-C", root.toString()));
        words.addAll(List.of(arguments));
        return Command.in(root, words).withoutErrors().with(environment);
    }

    private String relative(Path folder) {
        return root.relativize(folder).toString().replace('\\', '/');
    }
}
