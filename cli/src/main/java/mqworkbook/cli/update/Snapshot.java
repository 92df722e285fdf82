package mqworkbook.cli.update;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import mqworkbook.cli.host.Git;
import mqworkbook.cli.host.Workspace;

/**
 * A checkout at one moment, as a commit in git's store: the files as they are, committed or not, with HEAD as its first and the
 * index as its second parent. Taking it changes nothing.
 *
 * @param commit its id
 * @param head the commit that was checked out
 * @param branch the branch that was checked out; empty when none was
 * @param index the tree of the index
 * @param files the tree of the files: all that git tracks, and all in the learner's places
 */
record Snapshot(String commit, String head, String branch, String index, String files) {

    private static final String BRANCH = "Branch: ";

    /**
     * Takes it.
     *
     * @param also paths of files to take that git does not track
     */
    static Snapshot take(Workspace workspace, Git git, Collection<String> also) {
        String head = git.lines("", "rev-parse", "HEAD").get(0);
        String branch = git.line("symbolic-ref", "--quiet", "HEAD").orElse("");
        String index = git.lines("", "write-tree").get(0);
        String files = git.withOwnIndex((own, scratch) -> files(workspace, git, own, scratch, also));
        String now = OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString();
        Git author = git.byWorkbook(now);
        String staged = author.lines("", "commit-tree", index, "-p", head, "-m", "The index")
                .get(0);
        String commit = author.lines(
                        "",
                        "commit-tree",
                        files,
                        "-p",
                        head,
                        "-p",
                        staged,
                        "-m",
                        "The files as they were",
                        "-m",
                        BRANCH + branch)
                .get(0);
        return new Snapshot(commit, head, branch, index, files);
    }

    /** Reads one that was taken earlier. */
    static Snapshot of(Git git, String ref) {
        String commit = git.lines("", "rev-parse", ref + "^{commit}").get(0);
        String branch = git.lines("", "log", "-1", "--format=%B", commit).stream()
                .filter(line -> line.startsWith(BRANCH))
                .findFirst()
                .map(line -> line.substring(BRANCH.length()).strip())
                .orElse("");
        return new Snapshot(
                commit,
                git.lines("", "rev-parse", commit + "^1").get(0),
                branch,
                git.lines("", "rev-parse", commit + "^2^{tree}").get(0),
                git.lines("", "rev-parse", commit + "^{tree}").get(0));
    }

    private static String files(Workspace workspace, Git git, Git own, Path scratch, Collection<String> also)
            throws IOException {
        Optional<Path> present = git.line("rev-parse", "--git-path", "index")
                .map(path -> workspace.root().resolve(path))
                .filter(Files::exists);
        if (present.isPresent()) {
            // A copy knows which files have not changed since git looked at them.
            Files.copy(present.get(), scratch.resolve("index"), StandardCopyOption.REPLACE_EXISTING);
        } else {
            own.lines("", "read-tree", "HEAD");
        }
        own.lines("", "add", "--update", ":/");
        List<String> places = workspace.lessons().stream()
                .filter(lesson -> Files.isDirectory(lesson.skeleton()))
                .map(lesson -> "lessons/" + lesson.name() + "/src/main/java")
                .toList();
        for (String place : places) {
            own.lines("", "add", "--all", "--", place);
        }
        if (!also.isEmpty()) {
            own.lines(String.join("\n", also) + "\n", "update-index", "--add", "--stdin");
        }
        return own.lines("", "write-tree").get(0);
    }
}
