package mqworkbook.cli.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import mqworkbook.cli.host.Terminal;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationTest {

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void whatIsThereIsToldAndNotMadeAgain() {
        boolean there = run(false, new TestPart("Redis", Optional.of("server 7.0.15"), () -> {
            throw new AssertionError("made again");
        }));

        assertThat(there).isTrue();
        assertThat(printed()).isEqualTo("there   Redis      server 7.0.15\n");
    }

    @Test
    void whatIsMadeIsToldWithItsSize() {
        run(false, new TestPart("Kafka", Optional.empty(), () -> {
            write("archive", 3_200_000);
            return "class-data archive";
        }));

        assertThat(printed()).startsWith("done    Kafka      class-data archive (3 MB");
    }

    @Test
    void whatFailsIsToldAndTheRestIsMade() {
        Preparation preparation = preparation(false);
        TestPart unreachable = failing(new PartFailedException("Maven cannot reach its repository"));
        TestPart noServer = failing(new BrokerUnavailableException("RabbitMQ is not installed: install it."));
        TestPart fullDisk = failing(new UncheckedIOException(new IOException("No space left on device")));

        assertThat(preparation.run(unreachable)).isFalse();
        assertThat(preparation.run(noServer)).isFalse();
        assertThat(preparation.run(fullDisk)).isFalse();
        assertThat(preparation.run(new TestPart("Redis", Optional.empty(), () -> "server")))
                .isTrue();

        assertThat(printed().lines())
                .containsExactly(
                        "failed  Test       Maven cannot reach its repository.",
                        "failed  Test       RabbitMQ is not installed: install it.",
                        "failed  Test       A file cannot be read or written (No space left on device): see that there is"
                                + " room, and that the folder is yours.",
                        "done    Redis      server");
    }

    @Test
    void whatTheWorkbenchSaysPassesOnATerminalAndIsLeftOutInAPipe() {
        TestPart talking = new TestPart("Redis", Optional.empty(), () -> {
            System.out.println("  pulls 3 of 9 MB");
            return "server";
        });

        run(false, talking);
        assertThat(printed()).doesNotContain("pulls");

        run(true, talking);
        assertThat(printed()).contains("Redis: pulls 3 of 9 MB\r");
    }

    private TestPart failing(RuntimeException problem) {
        return new TestPart("Test", Optional.empty(), () -> {
            throw problem;
        });
    }

    private boolean run(boolean interactive, Part part) {
        return preparation(interactive).run(part);
    }

    private Preparation preparation(boolean interactive) {
        return new Preparation(new Terminal(new PrintStream(output, true, StandardCharsets.UTF_8), interactive, false));
    }

    private String printed() {
        return output.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    private void write(String name, int size) {
        try {
            Files.write(folder.resolve(name), new byte[size]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class TestPart implements Part {

        private final String name;
        private final Optional<String> present;
        private final Supplier<String> maker;

        TestPart(String name, Optional<String> present, Supplier<String> maker) {
            this.name = name;
            this.present = present;
            this.maker = maker;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Optional<String> present() {
            return present;
        }

        @Override
        public Optional<Path> target() {
            return Optional.of(folder);
        }

        @Override
        public String make() {
            return maker.get();
        }
    }
}
