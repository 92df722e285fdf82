package mqworkbook.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether a folder can be written, and has room. */
final class FolderCheck {

    private static final long NEEDED = 1_000_000_000;

    private FolderCheck() {}

    static Check of(String name, Path folder) {
        return of(name, folder, NEEDED);
    }

    /** Looks at the folder, or at what it would be made in. */
    static Check of(String name, Path folder, long needed) {
        Path present = folder.toAbsolutePath();
        while (!Files.exists(present)) {
            present = present.getParent();
        }
        try {
            // Rights, read-only file systems and quotas have one thing in common: a file says it.
            Files.delete(Files.createTempFile(present, ".workbook", ""));
            long free = Files.getFileStore(present).getUsableSpace();
            String found = "%.1f GB free for %s".formatted(free / 1e9, folder);
            return free < needed
                    ? Check.missing(name, found, "Make room: %.0f GB is enough.".formatted(Math.ceil(needed / 1e9)))
                    : Check.ok(name, found);
        } catch (IOException e) {
            return Check.missing(
                    name, folder + " cannot be written (" + e + ")", "Make it writable, or " + other(name));
        }
    }

    private static String other(String name) {
        return switch (name) {
            case "cache" -> "name another with MQ_WORKBOOK_CACHE=FOLDER.";
            case "temp" -> "name another with JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER.";
            default -> "move the workbook.";
        };
    }
}
