package mqworkbook.workbench.brokers.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Names a cache entry after what it was made of: as text, twelve hexadecimal digits. */
public final class Fingerprint {

    private static final int BYTES = 6;

    private final MessageDigest digest;

    public Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    public Fingerprint text(String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return this;
    }

    /** Files by path, size and time of change, which is what a JVM looks at. */
    public Fingerprint files(Collection<Path> files) {
        for (Path file : files) {
            try {
                text(file + " " + Files.size(file) + " "
                        + Files.getLastModifiedTime(file).toMillis());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    /** All files in folders by their bytes and their place in it. */
    public Fingerprint contents(Collection<Path> folders) {
        return contents(folders, file -> true);
    }

    /** The same of those files that count. */
    public Fingerprint contents(Collection<Path> folders, Predicate<Path> counts) {
        for (Path folder : folders) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path file :
                        all.filter(Files::isRegularFile).filter(counts).sorted().toList()) {
                    text(folder.relativize(file).toString());
                    digest.update(Files.readAllBytes(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    @Override
    public String toString() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest(), 0, BYTES);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The JDK's SHA-256 can be cloned", e);
        }
    }
}
