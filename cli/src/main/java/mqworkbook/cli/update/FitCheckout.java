package mqworkbook.cli.update;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import mqworkbook.cli.host.Git;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.answer.AnswerException;

/** What a checkout must be for an update: a clone of its own, with which git is not in the middle of something. */
final class FitCheckout {

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

    private FitCheckout() {}

    /**
     * Refuses any other.
     *
     * @throws AnswerException with what to do
     * @throws UncheckedIOException where there is no git, or no commit
     */
    static void require(Workspace workspace, Git git) {
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
}
