package mqworkbook.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mqworkbook.cli.host.Command;
import mqworkbook.cli.host.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that work with git: reset, update, branch. */
class GitCommandsTest {

    private static final String SUMS = "lessons/01-sums/src/main/java/mqworkbook/sums/Sums.java";

    @TempDir
    Path root;

    private Workspace workspace;
    private Path sums;

    @BeforeEach
    void aCommittedFixture() {
        assumeThat(Command.in(root, List.of("git", "--version")).run().succeeded())
                .as("git is installed")
                .isTrue();
        workspace = FixtureWorkspace.in(root);
        sums = root.resolve(SUMS);
        FixtureWorkspace.write(root.resolve("README.md"), "# W\u00f6rkbook\n");
        FixtureWorkspace.write(root.resolve(".gitignore"), "target/\n.workbook/\n");
        git("init", "--quiet");
        commit();
    }

    @Nested
    class Reset {

        @Test
        void anUntouchedLessonStaysAsItIs() {
            assertThat(output("reset", "01")).contains("is as it was committed last; nothing to do");
            assertThat(output("reset", "01", "--undo")).contains("Nothing of lesson 01-sums has been replaced");
        }

        @Test
        void theSkeletonComesBackAndTheWorkIsKeptWithItsResult() {
            String committed = FixtureWorkspace.read(sums);
            FixtureWorkspace.edit(sums, "Add the two numbers.", "\u00fcber");
            FixtureWorkspace.write(sums.resolveSibling("more/Added.java"), "class Added {}\n");
            Path result =
                    FixtureWorkspace.write(root.resolve("lessons/01-sums/target/skeleton/workbook-result.json"), "{}");

            assertThat(output("reset", "01")).contains(".workbook/attempts/01-sums/", "./workbook reset 01 --undo");

            assertThat(sums).hasContent(committed);
            assertThat(sums.resolveSibling("more")).doesNotExist();
            assertThat(result).doesNotExist();
            assertThat(git("status", "--porcelain")).isEmpty();
        }

        @Test
        void anUndoBringsTheWorkBackAndCanBeUndone() {
            String committed = FixtureWorkspace.read(sums);
            FixtureWorkspace.edit(sums, "Add the two numbers.", "\u00fcber");
            String work = FixtureWorkspace.read(sums);
            output("reset", "01");

            assertThat(output("reset", "01", "--undo")).contains("again.");
            assertThat(sums).hasContent(work);

            output("reset", "01", "--undo");
            assertThat(sums).hasContent(committed);

            output("reset", "01", "--undo");
            assertThat(sums).hasContent(work);
        }

        @Test
        void afterWorkWasCommittedAndPushedTheSkeletonIsStillWhatTheWorkbookDelivered(@TempDir Path folder) {
            Path clone = folder.resolve("clone");
            git("clone", "--quiet", root.toString(), clone.toString());
            String delivered = FixtureWorkspace.read(sums);
            Path mine = clone.resolve(SUMS);
            FixtureWorkspace.edit(mine, "Add the two numbers.", "Mine.");
            String work = FixtureWorkspace.read(mine);
            gitIn(clone, "switch", "--quiet", "--create", "mine");
            gitIn(clone, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-am", "Mine");
            gitIn(clone, "push", "--quiet", "origin", "mine");
            workspace = new Workspace(clone);

            String commit = git("rev-parse", "--short", "HEAD").get(0);
            assertThat(output("reset", "01"))
                    .contains("Lesson 01-sums is as the workbook delivered it, in commit " + commit + " of ");
            assertThat(mine).hasContent(delivered);
            assertThat(output("reset", "01")).contains("nothing to do");

            output("reset", "01", "--undo");
            assertThat(mine).hasContent(work);
            assertThat(output("reset", "01", "--to", "mine")).contains("is as in commit ", "nothing to do");
            assertThat(Shell.run(workspace, "reset", "01", "--to", "no-such").output())
                    .contains("Git knows no commit no-such here.");
        }

        @Test
        void inTheCloneOfAForkItIsWhatTheForksParentHas(@TempDir Path folder) {
            String delivered = FixtureWorkspace.read(sums);
            Path fork = folder.resolve("fork.git");
            Path clone = folder.resolve("clone");
            git("clone", "--quiet", "--bare", root.toString(), fork.toString());
            git("clone", "--quiet", fork.toString(), clone.toString());
            gitIn(clone, "remote", "add", "upstream", root.toString());
            gitIn(clone, "fetch", "--quiet", "upstream");
            FixtureWorkspace.edit(clone.resolve(SUMS), "Add the two numbers.", "Mine.");
            gitIn(clone, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-am", "Mine");
            gitIn(clone, "push", "--quiet", "origin", "HEAD");
            workspace = new Workspace(clone);

            output("reset", "01");

            assertThat(clone.resolve(SUMS)).hasContent(delivered);
        }

        @Test
        void withoutACommitItSaysWhatItNeeds() {
            git("rm", "--quiet", "-r", "--cached", "lessons");
            git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", "Gone");

            Shell shell = Shell.run(workspace, "reset", "01");

            assertThat(shell.exitCode()).isEqualTo(3);
            assertThat(shell.output()).contains("this needs git, and a clone of the workbook");
        }
    }

    @Nested
    class Update {

        @Test
        void aCloneComesToTheNewerWorkbookAndBack(@TempDir Path folder) {
            Path clone = folder.resolve("clone");
            git("clone", "--quiet", root.toString(), clone.toString());
            FixtureWorkspace.edit(clone.resolve(SUMS), "Add the two numbers.", "Mine.");
            FixtureWorkspace.write(root.resolve("README.md"), "# Newer\n");
            commit();
            workspace = new Workspace(clone);

            assertThat(output("update", "--dry-run")).contains("this was a dry run");
            assertThat(output("update")).contains("Updated.", "./workbook update --undo");
            assertThat(clone.resolve("README.md")).hasContent("# Newer");
            assertThat(clone.resolve(SUMS)).content().contains("Mine.");

            assertThat(output("update", "--undo")).contains("All is as it was in workbook/before-update-");
            assertThat(clone.resolve("README.md")).hasContent("# W\u00f6rkbook");
            assertThat(clone.resolve(SUMS)).content().contains("Mine.");
        }

        @Test
        void whatCannotBeDoneIsToldWithTheExitCodeOfItsKind() {
            assertThat(Shell.run(workspace, "update").exitCode()).isEqualTo(2);
            assertThat(Shell.run(workspace, "update").output())
                    .isEqualTo(
                            "This clone has no remote to update from. Name where the newer workbook is: ./workbook update"
                                    + " --from URL|FOLDER\n");
            assertThat(Shell.run(workspace, "update", "--from", "/nowhere").exitCode())
                    .isEqualTo(3);
            assertThat(Shell.run(workspace, "update", "--undo", "--dry-run").output())
                    .contains("--undo stands alone");
        }

        @Test
        void withoutGitItSaysWhatItNeeds() {
            FixtureWorkspace.write(root.resolve(".git/HEAD"), "ref: refs/heads/unborn\n");

            Shell shell = Shell.run(workspace, "update");

            assertThat(shell.exitCode()).isEqualTo(3);
            assertThat(shell.output()).contains("This needs git, and a clone of the workbook with a commit.");
        }
    }

    @Nested
    class Branch {

        @Test
        void itHoldsTheReferenceAndLeavesTheCheckoutAlone() {
            FixtureWorkspace.edit(sums, "Add the two numbers.", "Not committed.");
            FixtureWorkspace.write(root.resolve("solutions/01-sums/reference/Later.java"), "class Later {}\n");
            List<String> status = git("status", "--porcelain");

            assertThat(output("branch")).contains("The branch solutions holds the reference");

            assertThat(git("show", "solutions:" + SUMS))
                    .isEqualTo(
                            FixtureWorkspace.read(root.resolve("solutions/01-sums/reference/mqworkbook/sums/Sums.java"))
                                    .lines()
                                    .toList());
            assertThat(git("diff", "--name-only", "HEAD", "solutions", "--")).containsExactly("README.md", SUMS);
            assertThat(git("show", "solutions:README.md").get(0)).startsWith("> This is the branch `solutions`");
            assertThat(git("rev-parse", "solutions^")).isEqualTo(git("rev-parse", "HEAD"));
            assertThat(git("log", "-1", "--format=%b", "solutions", "--").get(0))
                    .contains(git("rev-parse", "HEAD").get(0));
            assertThat(git("status", "--porcelain")).isEqualTo(status);
        }

        @Test
        void madeAgainFromTheSameCommitItIsTheSame() {
            output("branch");
            List<String> first = git("rev-parse", "refs/heads/solutions");

            output("branch");

            assertThat(git("rev-parse", "refs/heads/solutions")).isEqualTo(first);
        }

        @Test
        void itIsNotReplacedWhereSomebodyHasItCheckedOut() {
            output("branch", "--name", "answers");
            git("switch", "--quiet", "answers");

            Shell shell = Shell.run(workspace, "branch", "--name", "answers");

            assertThat(shell.exitCode()).isEqualTo(2);
            assertThat(shell.output()).contains("The branch answers is checked out in ");
        }

        @Test
        void aBranchOfSomebodyElseIsNotReplaced() {
            git("branch", "solutions");

            Shell shell = Shell.run(workspace, "branch");

            assertThat(shell.exitCode()).isEqualTo(2);
            assertThat(shell.output()).contains("holds something else, which would be lost");
        }

        @Test
        void withoutGitItSaysWhatItNeeds() {
            FixtureWorkspace.write(root.resolve(".git/HEAD"), "ref: refs/heads/unborn\n");

            Shell shell = Shell.run(workspace, "branch");

            assertThat(shell.exitCode()).isEqualTo(3);
            assertThat(shell.output()).contains("This needs git");
        }
    }

    private String output(String... args) {
        Shell shell = Shell.run(workspace, args);
        assertThat(shell.exitCode()).as(shell.output()).isZero();
        return shell.output();
    }

    private void commit() {
        git("add", ".");
        git("-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "--message", "Begin");
    }

    private List<String> git(String... arguments) {
        return gitIn(root, arguments);
    }

    private static List<String> gitIn(Path folder, String... arguments) {
        List<String> words = new ArrayList<>(List.of("git"));
        words.addAll(List.of(arguments));
        Command.Result result = Command.in(folder, words).run();
        assertThat(result.succeeded()).as(result.lines().toString()).isTrue();
        return result.lines();
    }
}
