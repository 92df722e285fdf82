package mqworkbook.cli.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The history of the checkout, where there is one. */
public final class Git {

    private final Path root;

    public Git(Path root) {
        this.root = root;
    }

    /** Whether files below the folder differ from the last commit; false where there is no git or no commit of them. */
    public boolean isEdited(Path folder) {
        String path = relative(folder);
        Command.Result status = git("status", "--porcelain", "--untracked-files=all", "--", path);
        return status.succeeded()
                && !status.lines().isEmpty()
                && !committed(path).isEmpty();
    }

    /** Writes the last commit's files of the folder into another, which should be empty. */
    public void export(Path folder, Path target) {
        String path = relative(folder);
        try {
            for (String file : committed(path)) {
                Path copy = target.resolve(file.substring(path.length() + 1));
                Files.createDirectories(copy.getParent());
                Files.write(copy, git("show", "HEAD:./" + file).lines());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> committed(String path) {
        Command.Result tree = git("-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", "HEAD", "--", path);
        return tree.succeeded() ? tree.lines() : List.of();
    }

    private Command.Result git(String... arguments) {
        List<String> words = new ArrayList<>(List.of("git", "-C", root.toString()));
        words.addAll(List.of(arguments));
        return Command.in(root, words).withoutErrors().run();
    }

    private String relative(Path folder) {
        return root.relativize(folder).toString().replace('\\', '/');
    }
}
