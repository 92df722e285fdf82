package mqworkbook.cli.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import mqworkbook.cli.FixtureWorkspace;
import mqworkbook.cli.host.Command;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.answer.AnswerException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Updates of clones, with git's own repositories. */
@Timeout(300)
class UpdateTest {

    private static final String PLACE = "lessons/01-sums/src/main/java/mqworkbook/sums/";
    private static final String SUMS = PLACE + "Sums.java";
    private static final String OTHER = PLACE + "Other.java";
    private static final String JUDGE = "lessons/01-sums/src/test/java/mqworkbook/sums/SumsTest.java";
    private static final String FIRST = "throw new Todo(1, \"Add the two numbers.\");";
    private static final String LAST = "throw new Todo(2, \"Keep the start.\");";

    @TempDir
    Path root;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private Path upstream;
    private Path clone;

    @BeforeEach
    void aWorkbookAndItsClone() {
        assumeThat(Command.in(root, List.of("git", "--version")).run().succeeded())
                .as("git is installed")
                .isTrue();
        upstream = root.resolve("upstream");
        clone = root.resolve("cl\u00f6ne of it");
        FixtureWorkspace.in(upstream);
        write(upstream, ".gitignore", "target/\n.workbook/\n");
        write(upstream, "README.md", "Old\n");
        write(upstream, "old/Away.txt", "Away\n");
        write(upstream, OTHER, "class Other {}\n");
        git(upstream, "init", "--quiet", "--initial-branch=main");
        commit(upstream, "The workbook");
        git(root, "clone", "--quiet", upstream.toString(), clone.toString());
    }

    /** Everything of the workbook changes, and of the skeleton one end. */
    private void newerWorkbook() {
        write(upstream, "README.md", "New\n");
        write(upstream, "docs/new.md", "New\n");
        write(upstream, OTHER, "class Other { int newer; }\n");
        write(upstream, PLACE + "Third.java", "class Third {}\n");
        FixtureWorkspace.edit(upstream.resolve(JUDGE), "two and three are five", "2 and 3 are 5");
        FixtureWorkspace.edit(upstream.resolve(SUMS), LAST, LAST.replace("Keep", "Remember"));
        git(upstream, "rm", "--quiet", "old/Away.txt");
        commit(upstream, "Newer");
    }

    @Nested
    class WithoutCommits {

        @Test
        void anUntouchedCloneBecomesTheNewer() {
            newerWorkbook();

            update();

            assertThat(head(clone)).isEqualTo(head(upstream));
            assertThat(status()).isEmpty();
            assertThat(clone.resolve("old")).doesNotExist();
            assertThat(clone.resolve("README.md")).hasContent("New");
            assertThat(text()).contains("1 commit.", "Updated.", "./workbook update --undo");
        }

        @Test
        void anEditThatTheNewerSkeletonDoesNotTouchStays() {
            write(clone, OTHER, "class Other { int mine; }\n");
            write(upstream, "README.md", "New\n");
            commit(upstream, "Newer");

            update();

            assertThat(clone.resolve(OTHER)).hasContent("class Other { int mine; }");
            assertThat(clone.resolve("README.md")).hasContent("New");
            assertThat(status()).containsExactly(" M " + OTHER);
            assertThat(text()).contains("yours     1 file that you have edited, as they are");
        }

        @Test
        void editsAtOtherPlacesAreMerged() {
            FixtureWorkspace.edit(clone.resolve(SUMS), FIRST, "return left + right;");
            newerWorkbook();

            update();

            assertThat(clone.resolve(SUMS)).content().contains("return left + right;", "Remember the start.");
            assertThat(clone.resolve(OTHER)).hasContent("class Other { int newer; }");
            assertThat(text()).contains("merged    " + SUMS);
            assertThat(head(clone)).isEqualTo(head(upstream));
        }

        @Test
        void editsAtTheSamePlaceStayAndTheNewerIsLaidBeside() throws IOException {
            FixtureWorkspace.edit(clone.resolve(SUMS), LAST, "count = start;");
            String mine = FixtureWorkspace.read(clone.resolve(SUMS));
            newerWorkbook();

            update();

            assertThat(clone.resolve(SUMS)).hasContent(mine);
            try (Stream<Path> files = Files.walk(clone.resolve(".workbook/update"))) {
                List<Path> beside =
                        files.filter(file -> file.endsWith("Sums.java")).toList();
                assertThat(beside).hasSize(1);
                assertThat(beside.get(0)).content().contains("Remember the start.");
                assertThat(text())
                        .contains("conflict  " + SUMS + ": yours stays; the newer one is "
                                + clone.relativize(beside.get(0)));
            }
        }

        @Test
        void filesThatTheLearnerAddedOrDeletedStaySo() throws IOException {
            write(clone, PLACE + "more/Gr\u00f6\u00dfe.java", "class Gr\u00f6\u00dfe {}\n");
            write(clone, "my notes.txt", "Mine\n");
            Files.delete(clone.resolve(SUMS));
            newerWorkbook();

            update();

            assertThat(clone.resolve(PLACE + "more/Gr\u00f6\u00dfe.java")).hasContent("class Gr\u00f6\u00dfe {}");
            assertThat(clone.resolve("my notes.txt")).hasContent("Mine");
            assertThat(clone.resolve(SUMS)).doesNotExist();
            assertThat(text()).contains("conflict  " + SUMS);
        }

        @Test
        void aFileThatBothHaveAddedIsTheLearners() {
            write(clone, PLACE + "Third.java", "class Third { int mine; }\n");
            newerWorkbook();

            update();

            assertThat(clone.resolve(PLACE + "Third.java")).hasContent("class Third { int mine; }");
            assertThat(text()).contains("conflict  " + PLACE + "Third.java");
        }

        @Test
        void aSkeletonFileThatIsGoneStaysWhereItWasEditedAndGoesElsewhere() {
            write(clone, OTHER, "class Other { int mine; }\n");
            git(upstream, "rm", "--quiet", OTHER, SUMS);
            commit(upstream, "Fewer");

            update();

            assertThat(clone.resolve(OTHER)).hasContent("class Other { int mine; }");
            assertThat(clone.resolve(SUMS)).doesNotExist();
            assertThat(text()).contains("yours     " + OTHER + ": stays");
        }

        @Test
        void whatWasStagedIsStillThere() {
            write(clone, OTHER, "class Other { int staged; }\n");
            git(clone, "add", ".");
            write(clone, OTHER, "class Other { int later; }\n");
            newerWorkbook();

            update();
            assertThat(clone.resolve(OTHER)).hasContent("class Other { int later; }");

            undo();
            assertThat(git(clone, "show", ":" + OTHER)).containsExactly("class Other { int staged; }");
            assertThat(clone.resolve(OTHER)).hasContent("class Other { int later; }");
        }

        @Test
        void filesWithTheLineEndsOfWindowsAreComparedByTheirText() {
            git(clone, "config", "core.autocrlf", "true");
            git(clone, "rm", "--quiet", "-r", "--cached", ".");
            git(clone, "reset", "--quiet", "--hard");
            assertThat(clone.resolve(SUMS)).content().contains("\r\n");
            FixtureWorkspace.edit(clone.resolve(SUMS), FIRST, "return left + right;");
            newerWorkbook();

            update();

            assertThat(clone.resolve(SUMS)).content().contains("return left + right;", "Remember the start.");
            assertThat(FixtureWorkspace.read(clone.resolve(SUMS)).replace("\r\n", ""))
                    .doesNotContain("\n");
            assertThat(FixtureWorkspace.read(clone.resolve("README.md"))).isEqualTo("New\r\n");
            assertThat(status()).containsExactly(" M " + SUMS);
        }
    }

    @Nested
    class WithCommits {

        @Test
        void committedWorkIsMergedAndTheHistoryHasBoth() {
            FixtureWorkspace.edit(clone.resolve(SUMS), FIRST, "return left + right;");
            commit(clone, "Mine");
            String mine = head(clone);
            FixtureWorkspace.edit(clone.resolve(OTHER), "{}", "{ int uncommitted; }");
            newerWorkbook();
            FixtureWorkspace.edit(upstream.resolve(OTHER), " int newer; ", "");
            commit(upstream, "As it was");

            update();

            assertThat(clone.resolve(SUMS)).content().contains("return left + right;", "Remember the start.");
            assertThat(git(clone, "rev-parse", "HEAD^1", "HEAD^2")).containsExactly(mine, head(upstream));
            assertThat(clone.resolve(OTHER)).hasContent("class Other { int uncommitted; }");
            assertThat(status()).containsExactly(" M " + OTHER);
            assertThat(git(clone, "symbolic-ref", "HEAD")).containsExactly("refs/heads/main");
        }

        @Test
        void aSecondUpdateGoesOnFromTheFirst() {
            FixtureWorkspace.edit(clone.resolve(SUMS), FIRST, "return left + right;");
            commit(clone, "Mine");
            newerWorkbook();
            update();
            write(upstream, "README.md", "Newest\n");
            commit(upstream, "Newest");

            update();
            update();

            assertThat(clone.resolve("README.md")).hasContent("Newest");
            assertThat(clone.resolve(SUMS)).content().contains("return left + right;", "Remember the start.");
            assertThat(status()).isEmpty();
            assertThat(text()).contains("This is the newest workbook already");
        }

        @Test
        void aDetachedHeadStaysDetached() {
            git(clone, "switch", "--quiet", "--detach");
            newerWorkbook();

            update();

            assertThat(head(clone)).isEqualTo(head(upstream));
            assertThat(Files.exists(clone.resolve(".git/HEAD"))).isTrue();
            assertThat(Command.in(clone, List.of("git", "symbolic-ref", "-q", "HEAD"))
                            .run()
                            .succeeded())
                    .isFalse();
        }
    }

    @Nested
    class Undo {

        @Test
        void itBringsBackAllAndCanBeUndone() {
            FixtureWorkspace.edit(clone.resolve(SUMS), FIRST, "return left + right;");
            write(clone, PLACE + "Added.java", "class Added {}\n");
            SortedMap<String, String> before = files();
            String head = head(clone);
            newerWorkbook();
            update();
            SortedMap<String, String> after = files();

            undo();
            assertThat(files()).isEqualTo(before);
            assertThat(head(clone)).isEqualTo(head);
            assertThat(status()).containsExactlyInAnyOrder(" M " + SUMS, "?? " + PLACE + "Added.java");

            undo();
            assertThat(files()).isEqualTo(after);
            assertThat(head(clone)).isEqualTo(head(upstream));
        }

        @Test
        void withoutAnUpdateThereIsNothingToUndo() {
            undo();

            assertThat(text()).contains("There was no update yet; nothing to undo.");
        }

        @Test
        void onAnotherBranchItRefuses() {
            newerWorkbook();
            update();
            git(clone, "switch", "--quiet", "--create", "mine");

            assertThatThrownBy(UpdateTest.this::undo).hasMessageContaining("Go there first: git switch main");
        }
    }

    @Nested
    class Refusals {

        @Test
        void aMergeThatIsGoingOn() {
            newerWorkbook();
            write(clone, ".git/MERGE_HEAD", head(clone) + "\n");

            refused("A merge is going on here. Finish it (git commit), or leave it (git merge --abort)");
        }

        @Test
        void aRebaseThatIsGoingOn() throws IOException {
            newerWorkbook();
            Files.createDirectories(clone.resolve(".git/rebase-merge"));

            refused("git rebase --continue");
        }

        @Test
        void aCloneWithoutARemote() {
            git(clone, "remote", "remove", "origin");

            refused("This clone has no remote to update from. Name where the newer workbook is");
        }

        @Test
        void aRemoteThatIsNotThere() {
            git(clone, "remote", "set-url", "origin", root.resolve("gone").toString());

            assertThatThrownBy(UpdateTest.this::update)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("Nothing can be fetched from origin (fatal:");
        }

        @Test
        void anotherRepository() {
            Path foreign = root.resolve("foreign");
            write(foreign, "a.txt", "a\n");
            git(foreign, "init", "--quiet");
            commit(foreign, "Foreign");

            assertThatThrownBy(() -> updateOf().run(foreign.toString(), false, false))
                    .hasMessageContaining("holds no workbook");
        }

        @Test
        void aWorkbookWithoutCommonHistory() {
            Path other = root.resolve("other");
            FixtureWorkspace.in(other);
            git(other, "init", "--quiet");
            commit(other, "Another beginning");

            assertThatThrownBy(() -> updateOf().run(other.toString(), false, false))
                    .hasMessageContaining("no history in common");
        }

        @Test
        void editsOutsideOfTheLearnersPlacesUntilTheyMayBeReplaced() {
            FixtureWorkspace.edit(clone.resolve(JUDGE), "two and three", "2 plus 3");
            write(clone, "docs/new.md", "Untracked, and in the way\n");
            newerWorkbook();
            SortedMap<String, String> before = files();

            refused("You have changed what is the workbook's own, and the update would replace it:\n  docs/new.md\n  "
                    + JUDGE + "\n");

            updateOf().run(null, false, true);
            assertThat(clone.resolve(JUDGE)).content().contains("2 and 3 are 5");
            assertThat(clone.resolve("docs/new.md")).hasContent("New");
            undo();
            assertThat(files()).isEqualTo(before);
        }

        @Test
        void aFileWhereTheNewerWorkbookHasAFolder() {
            write(clone, "docs", "Mine\n");
            newerWorkbook();

            refused("The newer workbook has something where docs lies");
        }

        private void refused(String message) {
            SortedMap<String, String> before = files();
            String head = head(clone);

            assertThatThrownBy(UpdateTest.this::update)
                    .isInstanceOf(AnswerException.class)
                    .hasMessageContaining(message);
            assertThat(files()).isEqualTo(before);
            assertThat(head(clone)).isEqualTo(head);
        }
    }

    @Test
    void aDryRunTellsAndChangesNothing() {
        FixtureWorkspace.edit(clone.resolve(SUMS), LAST, "count = start;");
        newerWorkbook();
        SortedMap<String, String> before = files();
        String head = head(clone);

        updateOf().run(null, true, false);

        assertThat(text()).contains("conflict  " + SUMS, "Nothing has been changed: this was a dry run.");
        assertThat(files()).isEqualTo(before);
        assertThat(head(clone)).isEqualTo(head);
        assertThat(git(clone, "for-each-ref", "refs/workbook/before-*")).isEmpty();
    }

    @Test
    void aBundleOnAStickIsASourceToo() {
        newerWorkbook();
        Path bundle = root.resolve("workbook.bundle");
        git(upstream, "bundle", "create", "--quiet", bundle.toString(), "HEAD", "main");

        updateOf().run(bundle.toString(), false, false);

        assertThat(head(clone)).isEqualTo(head(upstream));
    }

    @Test
    void anUpdateThatIsKilledAnywhereIsFinishedByTheNext() throws IOException {
        FixtureWorkspace.edit(clone.resolve(SUMS), FIRST, "return left + right;");
        newerWorkbook();
        update();
        SortedMap<String, String> finished = files();
        undo();
        SortedMap<String, String> before = files();
        int killed = 0;
        for (boolean end = false; !end; killed++) {
            int[] left = {killed};
            try {
                new Update(workspace(), terminal(), step -> {
                            if (left[0]-- == 0) {
                                throw new Killed();
                            }
                        })
                        .run(null, false, false);
                end = true;
            } catch (Killed e) {
                assertThat(clone.resolve(".workbook/update/pending"))
                        .as("killed after step " + killed)
                        .exists();
                updateOf().run(null, false, false);
            }
            assertThat(files()).as("killed after step " + killed).isEqualTo(finished);
            assertThat(head(clone)).isEqualTo(head(upstream));
            assertThat(status()).containsExactly(" M " + SUMS);
            assertThat(clone.resolve(".workbook/update")).as("what is left").isEmptyDirectory();
            undo();
            assertThat(files()).isEqualTo(before);
        }
        assertThat(killed).as("steps between which it was killed").isGreaterThan(8);
    }

    @Test
    void whatIsEditedAfterAKillIsNotOverwritten() {
        newerWorkbook();
        Update killed = new Update(workspace(), terminal(), step -> {
            if (step.equals("kept")) {
                throw new Killed();
            }
        });
        assertThatThrownBy(() -> killed.run(null, false, false)).isInstanceOf(Killed.class);
        FixtureWorkspace.edit(clone.resolve(SUMS), FIRST, "return left + right;");
        String mine = FixtureWorkspace.read(clone.resolve(SUMS));

        update();

        assertThat(clone.resolve(SUMS)).hasContent(mine);
        assertThat(text()).contains("edited    " + SUMS, "An update had broken off; it is finished now.");
        assertThat(clone.resolve("README.md")).hasContent("New");
    }

    @Test
    void whatIsCommittedAfterAKillStaysAndTheNextUpdateGoesOnFromThere() {
        newerWorkbook();
        Update killed = new Update(workspace(), terminal(), step -> {
            if (step.equals("kept")) {
                throw new Killed();
            }
        });
        assertThatThrownBy(() -> killed.run(null, false, false)).isInstanceOf(Killed.class);
        FixtureWorkspace.edit(clone.resolve(SUMS), FIRST, "return left + right;");
        git(clone, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-am", "Mine");
        String mine = head(clone);

        update();
        assertThat(head(clone)).isEqualTo(mine);
        update();

        assertThat(git(clone, "rev-parse", "HEAD^1", "HEAD^2")).containsExactly(mine, head(upstream));
        assertThat(clone.resolve(SUMS)).content().contains("return left + right;", "Remember the start.");
        assertThat(status()).isEmpty();
    }

    private static final class Killed extends Error {

        private static final long serialVersionUID = 1L;
    }

    private Workspace workspace() {
        return new Workspace(clone);
    }

    private Terminal terminal() {
        return new Terminal(new PrintStream(output, true, StandardCharsets.UTF_8), false, false);
    }

    private Update updateOf() {
        return new Update(workspace(), terminal());
    }

    private void update() {
        updateOf().run(null, false, false);
    }

    private void undo() {
        updateOf().undo();
    }

    private String text() {
        return output.toString(StandardCharsets.UTF_8);
    }

    /** Every file of the clone but git's and ours, with its text. */
    private SortedMap<String, String> files() {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(clone)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String path = clone.relativize(file).toString();
                if (!path.startsWith(".git/") && !path.startsWith(".workbook/")) {
                    files.put(path, Files.readString(file));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private List<String> status() {
        return git(clone, "status", "--porcelain", "--untracked-files=all");
    }

    private String head(Path repository) {
        return git(repository, "rev-parse", "HEAD").get(0);
    }

    private static void write(Path repository, String path, String text) {
        FixtureWorkspace.write(repository.resolve(path), text);
    }

    private static void commit(Path repository, String message) {
        git(repository, "add", "--all", ".");
        git(repository, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "--quiet", "-m", message);
    }

    private static List<String> git(Path folder, String... arguments) {
        List<String> words = new ArrayList<>(List.of("git"));
        words.addAll(List.of(arguments));
        Command.Result result = Command.in(folder, words).run();
        assertThat(result.succeeded()).as(result.lines().toString()).isTrue();
        return result.lines();
    }
}
