package mqworkbook.cli.update;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import mqworkbook.cli.host.Git;
import mqworkbook.cli.update.Outcome.Kind;

/** The learner's files, {@code lessons/LESSON/src/main/java}, from three sides: as begun, as they are, and as they are newer. */
final class LearnerFiles {

    private static final Pattern PLACE = Pattern.compile("lessons/[^/]+/src/main/java/.+");

    private final Git git;
    private final GitTree begun;
    private final GitTree newer;
    private final Path scratch;

    /**
     * The two versions of the workbook.
     *
     * @param scratch an empty folder for merges, whose files may stay
     */
    LearnerFiles(Git git, GitTree begun, GitTree newer, Path scratch) {
        this.git = git;
        this.begun = begun;
        this.newer = newer;
        this.scratch = scratch;
    }

    /** Whether a path is the learner's to edit. */
    static boolean isPlace(String path) {
        return PLACE.matcher(path).matches();
    }

    /** Brings the learner's files together with the newer ones; those that are alike on all three sides are left out. */
    List<Outcome> together(GitTree mine) throws IOException {
        TreeSet<String> paths = new TreeSet<>(mine.files().keySet());
        paths.addAll(begun.files().keySet());
        paths.addAll(newer.files().keySet());
        List<Outcome> outcomes = new ArrayList<>();
        for (String path : paths) {
            boolean asEver =
                    mine.at(path).equals(begun.at(path)) && newer.at(path).equals(begun.at(path));
            if (isPlace(path) && !asEver) {
                outcomes.add(outcome(path, mine.at(path)));
            }
        }
        return outcomes;
    }

    private Outcome outcome(String path, Optional<GitTree.Entry> mine) throws IOException {
        Optional<GitTree.Entry> base = begun.at(path);
        Optional<GitTree.Entry> theirs = newer.at(path);
        if (same(mine, base)) {
            return new Outcome(path, Kind.NEWER, theirs);
        }
        if (same(theirs, base) || same(theirs, mine)) {
            return new Outcome(path, Kind.KEPT, mine);
        }
        if (theirs.isEmpty()) {
            return new Outcome(path, Kind.GONE, mine);
        }
        if (mine.isEmpty() || base.isEmpty()) {
            return new Outcome(path, Kind.CONFLICT, mine);
        }
        return merged(path, base.get(), mine.get(), theirs.get())
                .map(entry -> new Outcome(path, Kind.MERGED, Optional.of(entry)))
                .orElseGet(() -> new Outcome(path, Kind.CONFLICT, mine));
    }

    private static boolean same(Optional<GitTree.Entry> one, Optional<GitTree.Entry> other) {
        return Objects.equals(one.map(GitTree.Entry::blob), other.map(GitTree.Entry::blob));
    }

    private Optional<GitTree.Entry> merged(String path, GitTree.Entry base, GitTree.Entry mine, GitTree.Entry theirs)
            throws IOException {
        Path ours = file("mine", path, mine);
        Path begin = file("begun", path, base);
        Path other = file("newer", path, theirs);
        if (!git.succeeds("merge-file", "--quiet", ours.toString(), begin.toString(), other.toString())) {
            return Optional.empty();
        }
        String blob = git.lines("", "hash-object", "-w", "--path=" + path, ours.toString())
                .get(0);
        return Optional.of(new GitTree.Entry(mine.mode(), blob));
    }

    /** The content as a checkout would write it: all three alike, whatever line ends the machine has. */
    private Path file(String side, String path, GitTree.Entry entry) throws IOException {
        Path folder = Files.createDirectories(scratch.resolve(side));
        git.withOwnIndex((own, unused) -> {
            own.lines(GitTree.line(path, Optional.of(entry)) + "\n", "update-index", "--index-info");
            return own.lines(path + "\n", "checkout-index", "--force", "--prefix=" + folder + "/", "--stdin");
        });
        return folder.resolve(path);
    }
}
