package mqworkbook.workbench.brokers.guard;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import mqworkbook.workbench.brokers.BrokerUnavailableException;

/** A private temporary folder of the run, gone with it; closing removes it earlier. */
public final class RunFolder implements AutoCloseable {

    private final Guard guard;
    private final OwnedFolder folder;

    private RunFolder(Guard guard, OwnedFolder folder) {
        this.guard = guard;
        this.folder = folder;
    }

    static RunFolder create(Guard guard, OwnedFolder folder) {
        try {
            Files.createDirectory(folder.path(), ownerOnly());
            return new RunFolder(guard, folder);
        } catch (IOException e) {
            guard.release(folder);
            throw new BrokerUnavailableException(
                    "The temporary folder " + folder.path().getParent()
                            + " cannot be written: choose another with JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=FOLDER",
                    e);
        }
    }

    /** The folder, absolute. */
    public Path path() {
        return folder.path();
    }

    /** A new folder inside, with its parents. */
    public Path folder(String relative) throws IOException {
        return Files.createDirectories(path().resolve(relative));
    }

    /** Removes the folder with all that is in it. */
    @Override
    public void close() {
        folder.clear();
        if (folder.gone()) {
            guard.release(folder);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> permissions = PosixFilePermissions.fromString("rwx------");
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
    }
}
