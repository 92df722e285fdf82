package mqworkbook.cli.learner;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mqworkbook.cli.host.Git;
import mqworkbook.workbench.answer.AnswerException;

/**
 * The newest commit below the learner's work that is the workbook's own.
 *
 * @param commit its id
 * @param description completes "The lesson is as ..."
 */
public record Delivered(String commit, String description) {

    /** Where {@code workbook update} notes the newest workbook that it has seen. */
    public static final String NEWEST = "refs/workbook/newest";

    private static final String UNKNOWN = "HEAD";
    private static final String FORK_PARENT = "upstream";

    /**
     * Finds it: of what HEAD has in common with the workbook's versions that this clone knows, the newest. They are what an
     * update has fetched, and the remotes' branches; in the clone of a fork, those of the remote {@code upstream} alone, since
     * the others hold the learner's work. Where nothing is known, it is the last commit.
     */
    public static Delivered of(Git git) {
        Optional<String> newest = Optional.empty();
        for (String version : versions(git)) {
            Optional<String> base = git.line("merge-base", "HEAD", version);
            boolean newer = base.isPresent()
                    && (newest.isEmpty() || git.succeeds("merge-base", "--is-ancestor", newest.get(), base.get()));
            newest = newer ? base : newest;
        }
        return newest.map(commit -> new Delivered(commit, "the workbook delivered it, in commit " + told(git, commit)))
                .orElseGet(() -> new Delivered(UNKNOWN, "it was committed last"));
    }

    /** Whether it is more than the last commit, for want of knowledge. */
    public boolean known() {
        return !commit.equals(UNKNOWN);
    }

    /**
     * One that the learner names.
     *
     * @throws AnswerException if git does not know it
     */
    public static Delivered at(Git git, String typed) {
        String commit = git.line("rev-parse", "--verify", "--quiet", "--end-of-options", typed + "^{commit}")
                .orElseThrow(() -> new AnswerException("Git knows no commit " + typed + " here."));
        return new Delivered(commit, "in commit " + told(git, commit));
    }

    private static List<String> versions(Git git) {
        List<String> versions = new ArrayList<>();
        git.line("rev-parse", "--verify", "--quiet", NEWEST).ifPresent(versions::add);
        // A remote's own branch first: the others may be what the learner has pushed.
        for (String refs : List.of("refs/remotes/" + FORK_PARENT + "/", "refs/remotes/*/HEAD", "refs/remotes/")) {
            List<String> known = objects(git, refs);
            if (!known.isEmpty()) {
                versions.addAll(known);
                break;
            }
        }
        return versions;
    }

    /** None, too, where there is no git. */
    private static List<String> objects(Git git, String refs) {
        return git.succeeds("rev-parse", "--git-dir")
                ? git.lines("", "for-each-ref", "--format=%(objectname)", refs)
                : List.of();
    }

    private static String told(Git git, String commit) {
        return git.line("log", "-1", "--date=short", "--format=%h of %ad", commit)
                .orElse(commit);
    }
}
