package mqworkbook.cli.update;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
        files(changes).refuseWhatIsInTheWay();
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
                .resolve(FRESH);
        List<String> edited = files(changes(note.getProperty("before.files"), note.getProperty("files")))
                .move(fresh);
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

    private ChangedFiles files(List<Change> changes) {
        return new ChangedFiles(workspace, git, steps, changes);
    }

    /** Git compares: what was committed since it was prepared stays, and the next update goes on from there. */
    private void moveHead(String from, String to) {
        String now = git.lines("", "rev-parse", "HEAD").get(0);
        if (now.equals(from)) {
            git.lines("", "update-ref", "-m", "workbook update", "HEAD", to, from);
        }
    }

    /** A failure of the file system, as it is told. */
    static UncheckedIOException failed(IOException e) {
        return new UncheckedIOException(
                "The update could not be done (" + e.getMessage() + "). Mend that, then ./workbook update", e);
    }
}
