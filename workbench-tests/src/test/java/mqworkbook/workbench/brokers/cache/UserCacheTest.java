package mqworkbook.workbench.brokers.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserCacheTest {

    @TempDir
    private Path root;

    @Test
    void an_entry_is_built_once_whoever_asks_at_the_same_time() {
        AtomicInteger builds = new AtomicInteger();
        List<CompletableFuture<Path>> askers = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> new UserCache(root).get("entry", folder -> {
                    builds.incrementAndGet();
                    Files.writeString(folder.resolve("file"), "content");
                })))
                .toList();

        assertThat(askers)
                .allSatisfy(asker -> assertThat(asker.join().resolve("file")).hasContent("content"));
        assertThat(builds).hasValue(1);
    }

    @Test
    void a_builder_that_fails_leaves_no_entry_and_the_next_one_succeeds() {
        UserCache cache = new UserCache(root);
        assertThatThrownBy(() -> cache.get("entry", folder -> {
                    Files.writeString(folder.resolve("half"), "");
                    throw new IOException("no space left");
                }))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining("no space left")
                .hasMessageContaining("MQ_WORKBOOK_CACHE");
        assertThat(cache.has("entry")).isFalse();

        Path entry = cache.get("entry", folder -> Files.writeString(folder.resolve("whole"), ""));

        assertThat(entry).isDirectoryContaining("glob:**/whole").isDirectoryNotContaining("glob:**/half");
    }

    @Test
    void what_a_killed_builder_left_is_never_taken_for_an_entry() throws IOException {
        Path left = Files.createDirectories(root.resolve("entry.unfinished/usr"));
        Files.writeString(left.resolve("half"), "");

        Path entry = new UserCache(root).get("entry", folder -> Files.writeString(folder.resolve("whole"), ""));

        assertThat(entry).isDirectoryContaining("glob:**/whole").isDirectoryNotContaining("glob:**/usr");
    }

    @Test
    void a_cache_that_cannot_be_written_is_one_sentence_with_the_way_out() throws IOException {
        Path file = Files.writeString(root.resolve("a file"), "");

        assertThatThrownBy(() -> new UserCache(file.resolve("cache")).get("entry", folder -> {}))
                .isInstanceOf(BrokerUnavailableException.class)
                .hasMessageContaining("cannot be written")
                .hasMessageContaining("MQ_WORKBOOK_CACHE=FOLDER");
    }
}
