package mqworkbook.cli.solution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import mqworkbook.cli.host.Git;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.answer.AnswerException;
import mqworkbook.workbench.answer.LessonFiles;

/**
 * A branch on which every lesson's {@code src/main/java} holds the reference, so that a plain {@code mvn test} of a lesson is
 * green there. It is made of the last commit, in an index of its own: neither the working tree nor the checkout's index is
 * touched. From the same commit comes the same branch, to the last byte of its commit.
 */
public final class SolutionsBranch {

    private static final String SUBJECT = "The reference in place of the skeletons";

    private final Workspace workspace;
    private final Git git;
    private final String name;

    public SolutionsBranch(Workspace workspace, String name) {
        this.workspace = workspace;
        this.git = new Git(workspace.root());
        this.name = name;
    }

    /**
     * Makes the branch, or makes it anew.
     *
     * @return the commit that it was made from
     * @throws AnswerException if it is checked out somewhere, or a branch of this name holds something else
     * @throws UncheckedIOException if git fails
     */
    public String make() {
        String from = git.line("rev-parse", "--verify", "--quiet", "HEAD")
                .orElseThrow(() -> new UncheckedIOException(
                        new IOException("This needs git, and a clone of the workbook with a commit.")));
        Optional<String> before = git.line("rev-parse", "--verify", "--quiet", "refs/heads/" + name);
        refuseWhereItIsInUse(before);
        String tree = git.withOwnIndex((own, scratch) -> tree(own, from, scratch.resolve("README.md")));
        git.lines("", "update-ref", "refs/heads/" + name, commit(tree, from));
        return from;
    }

    private void refuseWhereItIsInUse(Optional<String> before) {
        if (!git.line("rev-parse", "--show-prefix").orElse("").isEmpty()) {
            throw new AnswerException("The workbook is a folder of another repository; clone it on its own.");
        }
        if (git.line("check-ref-format", "--branch", name).isEmpty()) {
            throw new AnswerException("A branch cannot be called " + name + ".");
        }
        List<String> worktrees = git.lines("", "worktree", "list", "--porcelain");
        int at = worktrees.indexOf("branch refs/heads/" + name);
        if (at >= 0) {
            String where = worktrees.subList(0, at).stream()
                    .filter(line -> line.startsWith("worktree "))
                    .reduce("", (first, second) -> second)
                    .replaceFirst("worktree ", "");
            throw new AnswerException("The branch " + name + " is checked out in " + where
                    + ". Switch to another there, or name the new one: --name OTHER");
        }
        boolean foreign = before.isPresent()
                && !git.line("log", "-1", "--format=%s", before.get()).equals(Optional.of(SUBJECT));
        if (foreign) {
            throw new AnswerException("The branch " + name
                    + " holds something else, which would be lost. Name the new one: --name OTHER");
        }
    }

    private String tree(Git own, String from, Path readme) throws IOException {
        own.lines("", "read-tree", from);
        own.lines(String.join("\n", entries(own, from)) + "\n", "update-index", "--index-info");
        if (own.line("ls-files", "--", "README.md").isPresent()) {
            own.lines("", "checkout-index", "--prefix=" + readme.getParent() + "/", "README.md");
            Files.writeString(readme, "> " + about(from) + "\n\n" + Files.readString(readme));
            String blob = own.lines("", "hash-object", "-w", "--path=README.md", readme.toString())
                    .get(0);
            own.lines("100644 " + blob + "\tREADME.md\n", "update-index", "--index-info");
        }
        return own.lines("", "write-tree").get(0);
    }

    /** Lines for {@code git update-index}: each skeleton's file away (mode 0), each of the reference in. */
    private List<String> entries(Git own, String from) {
        List<String> entries = new ArrayList<>();
        for (LessonFiles lesson : workspace.lessons()) {
            List<String> reference = own.lines("", "ls-tree", "-r", from + ":" + path(lesson.reference())).stream()
                    .filter(line -> line.endsWith(".java"))
                    .toList();
            if (!reference.isEmpty()) {
                String skeleton = path(lesson.skeleton());
                own.lines("", "ls-tree", "-r", "--name-only", from, "--", skeleton)
                        .forEach(file -> entries.add("0 0000000000000000000000000000000000000000\t" + file));
                // "100644 blob 3b18e5...	mqworkbook/decoupling/Topology.java"
                reference.forEach(
                        line -> entries.add(line.replace(" blob ", " ").replaceFirst("\t", "\t" + skeleton + "/")));
            }
        }
        return entries;
    }

    private String about(String from) {
        return "This is the branch `" + name + "`, made by `./workbook branch` from commit " + from
                + ": the code of each lesson is the reference. Change nothing here; the next one replaces it.";
    }

    /** By the same author at the same time for the same commit, so that it is the same commit each time. */
    private String commit(String tree, String from) {
        String time = git.line("log", "-1", "--format=%cI", from).orElseThrow();
        return git.byWorkbook(time)
                .lines("", "commit-tree", tree, "-p", from, "-m", SUBJECT, "-m", "Made from commit " + from + ".")
                .get(0);
    }

    private String path(Path folder) {
        return workspace.root().relativize(folder).toString().replace('\\', '/');
    }
}
