package mqworkbook.cli.update;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A file that is to become another.
 *
 * @param path below the root
 * @param before what lies there; empty for nothing
 * @param after what is to lie there; empty for nothing
 */
record Change(String path, Optional<GitTree.Entry> before, Optional<GitTree.Entry> after) {

    /** All that differs between two trees; what goes away first, so that a folder can take the place of a file. */
    static List<Change> between(GitTree before, GitTree after) {
        TreeSet<String> paths = new TreeSet<>(before.files().keySet());
        paths.addAll(after.files().keySet());
        List<Change> removed = new ArrayList<>();
        List<Change> written = new ArrayList<>();
        for (String path : paths) {
            Change change = new Change(path, before.at(path), after.at(path));
            if (!Objects.equals(change.before, change.after)) {
                (change.after.isEmpty() ? removed : written).add(change);
            }
        }
        removed.addAll(written);
        return removed;
    }
}
