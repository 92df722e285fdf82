package mqworkbook.cli.update;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import mqworkbook.cli.host.Git;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.answer.AnswerException;
import mqworkbook.workbench.files.WholeFile;

/** The files of a checkout that a switch changes. What it does can be done again from any point on. */
final class ChangedFiles {

    private final Workspace workspace;
    private final Git git;
    private final Switch.Steps steps;
    private final List<Change> changes;

    ChangedFiles(Workspace workspace, Git git, Switch.Steps steps, List<Change> changes) {
        this.workspace = workspace;
        this.git = git;
        this.steps = steps;
        this.changes = changes;
    }

    /**
     * Refuses to go on when something that git does not know is where a file is to be.
     *
     * @throws AnswerException that names it
     */
    void refuseWhatIsInTheWay() throws IOException {
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

    /**
     * Moves what is fresh to its place, and removes what is gone.
     *
     * @param fresh the folder that holds the new files
     * @return files that are neither as they were nor as they will be, and were left as they are
     */
    List<String> move(Path fresh) throws IOException {
        Map<String, String> present = present();
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
    private Map<String, String> present() {
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

    private void removeEmpty(Path folder) throws IOException {
        for (Path at = folder; !at.equals(workspace.root()) && Folders.isEmpty(at); at = at.getParent()) {
            Files.delete(at);
        }
    }
}
