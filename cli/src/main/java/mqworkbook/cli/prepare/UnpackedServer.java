package mqworkbook.cli.prepare;

import java.nio.file.Path;
import java.util.Optional;
import mqworkbook.workbench.brokers.cache.UserCache;

/**
 * A server from a pack, in the user's cache.
 *
 * @param name whose it is
 * @param archive in the pack
 * @param entry in the cache
 */
record UnpackedServer(String name, Path archive, String entry) implements Part {

    @Override
    public Optional<String> present() {
        return UserCache.ofUser().has(entry) ? Optional.of(words()) : Optional.empty();
    }

    @Override
    public Optional<Path> target() {
        return Optional.of(UserCache.ofUser().root());
    }

    @Override
    public String make() {
        UserCache.ofUser().get(entry, folder -> Tar.unpack(archive, folder));
        return words();
    }

    private String words() {
        return "server, unpacked into " + UserCache.ofUser().root().resolve(entry);
    }
}
