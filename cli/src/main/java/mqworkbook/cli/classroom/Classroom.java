package mqworkbook.cli.classroom;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import mqworkbook.workbench.answer.AnswerException;

/** Where progress is sent to: one document for each learner, of which the newest counts. */
public interface Classroom {

    /** Loads what sending needs, without telling anybody anything, so that it is quick then. */
    default void prepare() throws IOException {}

    /**
     * Sends a document, in the place of what was sent before.
     *
     * @param file its name, which is the same for each document of one checkout
     * @throws IOException if it did not arrive; the message tells why in a few words
     */
    void send(String file, byte[] document) throws IOException;

    /** The address as it is told, and as {@link #at(String)} takes it. */
    String address();

    /**
     * The classroom that somebody has typed.
     *
     * @param typed an address that begins with http:// or https://, or a folder that is there
     * @throws AnswerException if it is neither, and what would be
     */
    static Classroom at(String typed) {
        if (Pattern.matches("(?i)https?://.*", typed)) {
            return new HttpClassroom(address(typed));
        }
        if (Pattern.matches("\\w[\\w+.-]+://.*", typed)) {
            throw new AnswerException(typed + " cannot be shared with: name an http or https address, or a folder.");
        }
        return new FolderClassroom(folder(typed));
    }

    private static URI address(String typed) {
        try {
            URI address = URI.create(typed);
            if (address.getHost() != null && address.getRawQuery() == null && address.getRawFragment() == null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Told below, in plain words.
        }
        throw new AnswerException(typed + " is no address to share with: write it like http://192.168.1.20:8080");
    }

    private static Path folder(String typed) {
        try {
            Path folder = Path.of(typed).toAbsolutePath().normalize();
            if (Files.isDirectory(folder)) {
                return folder;
            }
        } catch (InvalidPathException e) {
            // Told below, in plain words.
        }
        // Not made here: where a shared folder is not mounted, a new one would be nobody's but the learner's.
        throw new AnswerException("There is no folder " + typed
                + " to share in. Make it, or mount it, first; or name an address: --share http://HOST:PORT");
    }
}
