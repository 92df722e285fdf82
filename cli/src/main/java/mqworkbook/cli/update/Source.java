package mqworkbook.cli.update;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mqworkbook.cli.host.Command;
import mqworkbook.cli.host.Git;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.learner.Delivered;
import mqworkbook.workbench.answer.AnswerException;

/**
 * Where a newer workbook comes from.
 *
 * @param repository a remote, an address, a folder or a bundle, as git takes it
 * @param branch of it
 */
record Source(String repository, String branch) {

    /** The newest version of the workbook that was fetched. */
    static final String NEWEST = Delivered.NEWEST;

    /**
     * The source that is meant.
     *
     * @param from a remote, an address or a path; null for the remote of the current branch, else the one there is
     * @throws AnswerException if there is none
     */
    static Source of(Git git, String from) {
        List<String> remotes = git.lines("", "remote");
        String branch = git.line("symbolic-ref", "--quiet", "--short", "HEAD").orElse("");
        Optional<String> tracked =
                git.line("config", "branch." + branch + ".remote").filter(remotes::contains);
        String merge = git.line("config", "branch." + branch + ".merge").orElse("HEAD");
        if (from != null && !remotes.contains(from)) {
            return new Source(place(from), "HEAD");
        }
        String remote = Optional.ofNullable(from)
                .or(() -> tracked)
                .or(() -> Optional.of("origin").filter(remotes::contains))
                .or(() -> remotes.stream().filter(any -> remotes.size() == 1).findFirst())
                .orElseThrow(() -> new AnswerException(
                        remotes.isEmpty()
                                ? "This clone has no remote to update from. Name where the newer workbook is:"
                                        + " ./workbook update --from URL|FOLDER"
                                : "Which remote? ./workbook update --from " + String.join("|", remotes)));
        return new Source(remote, tracked.filter(remote::equals).isPresent() ? merge : "HEAD");
    }

    private static String place(String from) {
        try {
            // Git works in the checkout; the path counts from where the command was typed.
            return Files.exists(Path.of(from)) ? Path.of(from).toAbsolutePath().toString() : from;
        } catch (InvalidPathException e) {
            return from;
        }
    }

    /**
     * Fetches it.
     *
     * @param interactive whether somebody can be asked for a password
     * @return the commit
     * @throws UncheckedIOException with what git said, if it cannot be had
     * @throws AnswerException if it is something else than a workbook
     */
    String fetch(Workspace workspace, Git git, boolean interactive) {
        List<String> words =
                new ArrayList<>(List.of("git", "-C", workspace.root().toString(), "fetch", "--quiet"));
        words.addAll(List.of("--no-tags", repository, "+" + branch + ":" + NEWEST));
        Command.Result result = Command.in(workspace.root(), words)
                .with(interactive ? Map.of() : Map.of("GIT_TERMINAL_PROMPT", "0"))
                .run();
        if (!result.succeeded()) {
            String why = result.lines().stream()
                    .filter(line -> line.startsWith("fatal:") || line.startsWith("error:"))
                    .findFirst()
                    .orElseGet(() -> result.lines().stream().findFirst().orElse("git gives no reason"));
            throw new UncheckedIOException(new IOException("Nothing can be fetched from " + repository + " (" + why
                    + "). Name another place: ./workbook update --from URL|FOLDER"));
        }
        String newest = git.lines("", "rev-parse", NEWEST + "^{commit}").get(0);
        if (!git.succeeds("cat-file", "-e", newest + ":lessons")
                || !git.succeeds("cat-file", "-e", newest + ":pom.xml")) {
            throw new AnswerException(repository + " holds no workbook.");
        }
        return newest;
    }
}
