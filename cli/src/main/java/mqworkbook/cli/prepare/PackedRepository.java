package mqworkbook.cli.prepare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mqworkbook.cli.host.Maven;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.brokers.cache.UserCache;

/**
 * A Maven repository with what the build uses, and nothing else. A copy of the checkout is built with an empty local
 * repository, which Maven fills from the user's own as far as that goes: so exactly what is used gets in, also what
 * plugins fetch while they run.
 */
public final class PackedRepository implements Part {

    private static final Set<String> NO_SOURCES = Set.of("target", ".git", ".workbook", ".idea", "node_modules");

    /** Who a file came from; without it, it is good for any repository that a user's settings name. */
    private static final Set<String> ORIGINS = Set.of("_remote.repositories", "resolver-status.properties");

    /** What Maven 3.8 gives to plugins that name no version of it, and Maven 3.9 does not. */
    private static final String UTILITIES = "org.codehaus.plexus:plexus-utils:1.1";

    private final Workspace workspace;
    private final List<LessonFiles> lessons;
    private final boolean whole;
    private final Pack pack;
    private final Maven maven;
    private final Path work;

    /**
     * The repository.
     *
     * @param whole whether for the whole project, as an IDE reads it, and not for these lessons only
     */
    public PackedRepository(Workspace workspace, List<LessonFiles> lessons, boolean whole, Pack pack) {
        this.workspace = workspace;
        this.lessons = lessons;
        this.whole = whole;
        this.pack = pack;
        this.maven = Maven.of(workspace.root());
        this.work = workspace.root().resolve("target/prepare");
    }

    @Override
    public String name() {
        return "Maven";
    }

    @Override
    public Optional<String> present() {
        try {
            return Files.exists(keyFile()) && Files.readString(keyFile()).equals(key())
                    ? Optional.of(words())
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<Path> target() {
        return Optional.of(pack.repository());
    }

    @Override
    public String make() {
        Path copy = work.resolve("checkout");
        try {
            Files.deleteIfExists(keyFile());
            UserCache.delete(copy);
            FileTree.of(workspace.root()).without(NO_SOURCES, pack.folder()).copyMissing(copy);
            LessonsBuild build = new LessonsBuild(copy, work.resolve("maven.txt"));
            build.run(maven, arguments(), System.out::println);
            String dependencyPlugin = LocalRepository.version(
                            Files.readString(copy.resolve("pom.xml")), "maven-dependency-plugin")
                    .orElseThrow();
            List<String> utilities = new ArrayList<>(repositories());
            utilities.add("-N");
            utilities.add("org.apache.maven.plugins:maven-dependency-plugin:" + dependencyPlugin + ":get");
            utilities.add("-Dartifact=" + UTILITIES);
            build.run(maven, utilities, line -> {});
            FileTree.of(pack.repository()).delete(ORIGINS);
            UserCache.delete(copy);
            Files.writeString(keyFile(), key());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return words();
    }

    private List<String> arguments() throws IOException {
        List<String> arguments = new ArrayList<>(LessonsBuild.arguments());
        arguments.addAll(repositories());
        if (!whole) {
            arguments.add("-pl");
            arguments.add("cli,"
                    + lessons.stream().map(lesson -> "lessons/" + lesson.name()).collect(Collectors.joining(",")));
        }
        return arguments;
    }

    /** Global settings, so that the user's own (a proxy, a mirror) hold too. */
    private List<String> repositories() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("-Dmaven.repo.local=" + pack.repository()));
        Optional<LocalRepository> users = LocalRepository.current();
        if (users.isPresent()) {
            Path settings = work.resolve("settings.xml");
            Files.writeString(
                    settings,
                    PackTexts.read("settings.xml")
                            .replace("@URL@", users.get().root().toUri().toASCIIString()));
            arguments.add("--global-settings");
            arguments.add(settings.toString());
        }
        return arguments;
    }

    private String words() {
        return "repository with libraries and plugins of " + (whole ? "the whole project" : Lessons.named(lessons));
    }

    private Path keyFile() {
        return pack.folder().resolve("repository.key");
    }

    private String key() {
        return LibrariesStamp.key(workspace.root(), maven.program() + maven.version()) + " " + words() + "\n";
    }
}
