package mqworkbook.cli.prepare;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/** What a pack says about itself, and the script that helps the workbook's launcher to start where nothing is. */
public final class PackTexts {

    private PackTexts() {}

    /** Writes them, the mark first: so a pack that was never finished is known as one. */
    public static void write(Pack pack, String content) {
        try {
            Files.writeString(pack.folder().resolve(Pack.MARK), content + "\n");
            for (String name : List.of("README.txt", "lay-down.sh", "empty-pom.xml")) {
                Files.writeString(pack.folder().resolve(name), read(name));
            }
        } catch (IOException e) {
            throw new PartFailedException(
                    pack.folder() + " cannot be written (" + e.getMessage() + "): name another folder", e);
        }
    }

    static String read(String name) {
        try (InputStream file = PackTexts.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
