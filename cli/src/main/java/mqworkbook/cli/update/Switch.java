package mqworkbook.cli.update;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import mqworkbook.cli.host.Git;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.answer.AnswerException;
import mqworkbook.workbench.brokers.cache.UserCache;
import mqworkbook.workbench.files.WholeFile;

/**
 * Brings a checkout from one state to another. All is prepared first, and noted in {@code .workbook/update/pending}; what is
 * done then only moves files and names, and can be done again from any point on. So a switch that was killed is finished by
 * the next one, and never half done for longer.
 */
final class Switch {

    /** Where a test can end it. */
    interface Steps {
        void after(String step);
    }

    /** In an update's folder: files on their way, and files that are being merged. */
    static final String FRESH = "fresh";

    static final String MERGE = "merge";

    private final Workspace workspace;
    private final Git git;
    private final Steps steps;
    private final Path pending;

    Switch(Workspace workspace, Git git, Steps steps) {
        this.workspace = workspace;
        this.git = git;
        this.steps = steps;
        this.pending = workspace.state().resolve("update/pending");
    }

    /** Whether one was begun and not finished. */
    boolean isPending() {
        return Files.exists(pending);
    }

    /**
     * Prepares it; from now on {@link #finish()} does it.
     *
     * @param folder takes the files
     * @param ref keeps the state before
     * @param head the commit to be at
     * @param index the tree for the index
     * @param files the tree for the files
     * @throws AnswerException if something that git does not know is in the way
     */
    void prepare(Path folder, String ref, Snapshot before, String head, String index, String files) throws IOException {
        List<Change> changes = changes(before.files(), files);
        refuseWhatIsInTheWay(changes);
        Path fresh = Files.createDirectories(folder.resolve(FRESH));
        String written = changes.stream()
                .filter(change -> change.after().isPresent())
                .map(change -> change.path() + "\n")
                .collect(Collectors.joining());
        git.withOwnIndex((own, scratch) -> {
            own.lines("", "read-tree", files);
            return own.lines(written, "checkout-index", "--force", "--prefix=" + fresh + "/", "--stdin");
        });
        Properties note = new Properties();
        note.setProperty("folder", folder.getFileName().toString());
        note.setProperty("ref", ref);
        note.setProperty("commit", before.commit());
        note.setProperty("before.head", before.head());
        note.setProperty("before.files", before.files());
        note.setProperty("head", head);
        note.setProperty("index", index);
        note.setProperty("files", files);
        StringWriter text = new StringWriter();
        note.store(text, "An update is going on, or broke off. ./workbook update finishes it.");
        WholeFile.write(pending, text.toString());
        steps.after("noted");
    }

    /**
     * Does what was prepared.
     *
     * @return files that were edited since it was prepared, and were left as they are
     */
    List<String> finish() throws IOException {
        Properties note = new Properties();
        try (Reader reader = Files.newBufferedReader(pending)) {
            note.load(reader);
        }
        git.lines("", "update-ref", note.getProperty("ref"), note.getProperty("commit"));
        steps.after("kept");
        Path fresh = workspace
                .state()
                .resolve("update")
                .resolve(note.getProperty("folder"))
                .resolve("fresh");
        List<String> edited = moveFiles(changes(note.getProperty("before.files"), note.getProperty("files")), fresh);
        git.lines("", "read-tree", note.getProperty("index"));
        git.succeeds("update-index", "-q", "--refresh");
        steps.after("index");
        moveHead(note.getProperty("before.head"), note.getProperty("head"));
        steps.after("head");
        Files.delete(pending);
        sweep();
        return edited;
    }

    /** Removes what this switch, or one that was killed before it was noted, has no use for any more. */
    private void sweep() throws IOException {
        for (Path update : Folders.in(pending.getParent())) {
            UserCache.delete(update.resolve(FRESH));
            UserCache.delete(update.resolve(MERGE));
            if (Folders.isEmpty(update)) {
                Files.delete(update);
            }
        }
    }

    private List<Change> changes(String before, String after) {
        return Change.between(GitTree.of(git, before), GitTree.of(git, after));
    }

    private List<String> moveFiles(List<Change> changes, Path fresh) throws IOException {
        Map<String, String> present = present(changes);
        List<String> edited = new ArrayList<>();
        for (Change change : changes) {
            Path file = workspace.root().resolve(change.path());
            Optional<String> now = Optional.ofNullable(present.get(change.path()));
            boolean isBefore = now.equals(change.before().map(GitTree.Entry::blob));
            boolean isAfter = now.equals(change.after().map(GitTree.Entry::blob));
            if (!isBefore && !isAfter) {
                edited.add(change.path());
                layBeside(fresh, change.path());
            } else if (change.after().isEmpty()) {
                Files.deleteIfExists(file);
                removeEmpty(file.getParent());
            } else if (Files.exists(fresh.resolve(change.path()), LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(file.getParent());
                WholeFile.move(fresh.resolve(change.path()), file);
            }
            steps.after(change.path());
        }
        return edited;
    }

    /** What was to be there, under the same path in the update's folder. */
    private static void layBeside(Path fresh, String path) throws IOException {
        Path beside = fresh.resolveSibling(path);
        if (Files.exists(fresh.resolve(path))) {
            Files.createDirectories(beside.getParent());
            WholeFile.move(fresh.resolve(path), beside);
        }
    }

    /** The content's id of each file that is there, as git would store it. */
    private Map<String, String> present(List<Change> changes) {
        List<String> paths = changes.stream()
                .map(Change::path)
                .filter(path -> Files.isRegularFile(workspace.root().resolve(path)))
                .toList();
        Map<String, String> blobs = new HashMap<>();
        if (!paths.isEmpty()) {
            List<String> ids = git.lines(String.join("\n", paths) + "\n", "hash-object", "--stdin-paths");
            for (int i = 0; i < paths.size(); i++) {
                blobs.put(paths.get(i), ids.get(i));
            }
        }
        return blobs;
    }

    /** Git compares: what was committed since it was prepared stays, and the next update goes on from there. */
    private void moveHead(String from, String to) {
        String now = git.lines("", "rev-parse", "HEAD").get(0);
        if (now.equals(from)) {
            git.lines("", "update-ref", "-m", "workbook update", "HEAD", to, from);
        }
    }

    private void refuseWhatIsInTheWay(List<Change> changes) throws IOException {
        Map<Path, Change> known = changes.stream()
                .collect(Collectors.toMap(change -> workspace.root().resolve(change.path()), change -> change));
        for (Change change : changes) {
            Path file = workspace.root().resolve(change.path());
            if (change.after().isEmpty()) {
                continue;
            }
            for (Path at = file.getParent(); !at.equals(workspace.root()); at = at.getParent()) {
                if (Files.exists(at, LinkOption.NOFOLLOW_LINKS) && !Files.isDirectory(at) && !known.containsKey(at)) {
                    throw inTheWay(at);
                }
            }
            if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                for (Path inside : Folders.files(file)) {
                    if (!known.containsKey(inside)) {
                        throw inTheWay(inside);
                    }
                }
            }
        }
    }

    private AnswerException inTheWay(Path file) {
        return new AnswerException("The newer workbook has something where " + workspace.display(file)
                + " lies, which is not its own. Move it elsewhere, and update again. Nothing has been changed.");
    }

    private void removeEmpty(Path folder) throws IOException {
        for (Path at = folder; !at.equals(workspace.root()) && Folders.isEmpty(at); at = at.getParent()) {
            Files.delete(at);
        }
    }

    /** A failure of the file system, as it is told. */
    static UncheckedIOException failed(IOException e) {
        return new UncheckedIOException(
                "The update could not be done (" + e.getMessage() + "). Mend that, then ./workbook update", e);
    }
}
