package mqworkbook.workbench.brokers.rabbitmq;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.process.Command;
import mqworkbook.workbench.brokers.process.ServerProcess;

/** Packages of Debian and Ubuntu, downloaded and unpacked without root by apt's and dpkg's own commands. */
final class DebianPackages {

    private static final Duration QUERY_LIMIT = Duration.ofSeconds(30);
    private static final Duration DOWNLOAD_LIMIT = Duration.ofMinutes(5);
    private static final Duration UNPACK_LIMIT = Duration.ofMinutes(1);

    /** Whether this system has the commands. */
    static boolean present() {
        return Stream.of("apt-get", "apt-cache", "dpkg-deb")
                .allMatch(command -> Files.isExecutable(Path.of("/usr/bin", command)));
    }

    /** The distribution's name, release and architecture, as part of a file's name: {@code debian-12-amd64}. */
    static String release() {
        String os = ServerProcess.read(Path.of("/etc/os-release"));
        String name = Stream.of("ID=", "VERSION_ID=")
                .map(key -> os.lines()
                        .filter(line -> line.startsWith(key))
                        .map(line -> line.substring(key.length()).replace("\"", ""))
                        .findFirst()
                        .orElse("unknown"))
                .collect(Collectors.joining("-"));
        return name + "-" + System.getProperty("os.arch");
    }

    /** Whether the package lists hold a version that can be downloaded. */
    boolean known(String packageName) {
        try {
            return query("apt-cache", "show", "--no-all-versions", packageName).succeeded();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Downloads and unpacks a package with those of its dependencies, near and far, whose names begin with
     * {@code prefix}.
     */
    void unpack(String packageName, String prefix, Path into) throws IOException {
        Path downloads = Files.createDirectory(into.resolve("downloads"));
        List<String> command = new ArrayList<>(List.of("apt-get", "download", "-q"));
        // Run by root, apt would want to download as a user who cannot write here.
        command.addAll(List.of("-o", "APT::Sandbox::User=root", "-o", "Acquire::Retries=2"));
        command.addAll(dependencies(packageName).wanted(packageName, prefix));
        Command.Result download = Command.of(command).in(downloads).run(DOWNLOAD_LIMIT);
        if (!download.succeeded()) {
            if (download.output().contains("No space left")) {
                throw new IOException("No space left on device");
            }
            throw new BrokerUnavailableException("RabbitMQ's packages could not be downloaded (" + download.lastLine()
                    + "): check the network, run \"sudo apt-get update\", and run again");
        }
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(downloads, "*.deb")) {
            for (Path archive : archives) {
                extract(archive, into);
                Files.delete(archive);
            }
        }
        Files.delete(downloads);
    }

    /** Shared libraries that the package or its dependencies need and that are not installed, for one command. */
    Optional<String> missingLibraries(String packageName, String prefix) throws IOException {
        PackageGraph graph = dependencies(packageName);
        List<String> missing = new ArrayList<>();
        for (String library : graph.neededBy(graph.wanted(packageName, prefix), "lib")) {
            if (!query("dpkg-query", "--status", library).succeeded()) {
                missing.add(library);
            }
        }
        return missing.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", missing));
    }

    private static void extract(Path archive, Path into) throws IOException {
        Command.Result result = Command.of("dpkg-deb", "-x", archive.toString(), into.toString())
                .run(UNPACK_LIMIT);
        if (!result.succeeded()) {
            throw new IOException("dpkg-deb: " + result.lastLine());
        }
    }

    private PackageGraph dependencies(String packageName) throws IOException {
        Command.Result result = query(
                "apt-cache",
                "depends",
                "--recurse",
                "--no-recommends",
                "--no-suggests",
                "--no-conflicts",
                "--no-breaks",
                "--no-replaces",
                "--no-enhances",
                packageName);
        return PackageGraph.parse(result.output());
    }

    private static Command.Result query(String... words) throws IOException {
        return Command.of(words).run(QUERY_LIMIT);
    }
}
