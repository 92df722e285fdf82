package mqworkbook.cli.prepare;

import java.nio.file.Path;
import java.util.List;
import mqworkbook.cli.host.Command;

/** Archives, by the system's own command: Java's know neither rights nor links. */
final class Tar {

    private Tar() {}

    /** Packs a folder, under its path as seen from the base. */
    static void pack(Path base, Path folder, Path archive) {
        String content = base.equals(folder) ? "." : base.relativize(folder).toString();
        run(base, List.of("tar", "-cf", archive.toString(), content));
    }

    /** Unpacks into a folder, which must be there, as this user's own. */
    static void unpack(Path archive, Path folder) {
        run(folder, List.of("tar", "-xof", archive.toString()));
    }

    private static void run(Path directory, List<String> words) {
        Command.Result result = Command.in(directory, words).run();
        if (!result.succeeded()) {
            throw new PartFailedException("\"" + String.join(" ", words) + "\" has failed ("
                    + String.join(" ", result.lines()) + "): see that there is room on the disk");
        }
    }
}
