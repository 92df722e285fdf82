package mqworkbook.cli.prepare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mqworkbook.cli.bench.LessonClassPath;
import mqworkbook.cli.host.Maven;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.answer.LessonFiles;

/** Libraries and plugins, so that the lessons run with the launcher and with {@code mvn -o test}. */
public final class LibrariesPart implements Part {

    private final Workspace workspace;
    private final List<LessonFiles> lessons;
    private final Optional<Pack> pack;
    private final Maven maven;
    private final LibrariesStamp stamp;

    /**
     * The libraries of these lessons.
     *
     * @param pack where they come from; empty for the network
     */
    public LibrariesPart(Workspace workspace, List<LessonFiles> lessons, Optional<Pack> pack) {
        this.workspace = workspace;
        this.lessons = lessons;
        this.pack = pack;
        this.maven = Maven.of(workspace.root());
        this.stamp = new LibrariesStamp(
                workspace.state().resolve("prepared"),
                LibrariesStamp.key(workspace.root(), maven.program() + maven.version()));
    }

    @Override
    public String name() {
        return "Maven";
    }

    @Override
    public Optional<String> present() {
        return stamp.covers(lessons) ? Optional.of(words()) : Optional.empty();
    }

    @Override
    public Optional<Path> target() {
        return LocalRepository.current().map(LocalRepository::root);
    }

    @Override
    public String make() {
        List<String> arguments = new ArrayList<>(LessonsBuild.arguments());
        arguments.add("-pl");
        arguments.add(lessons.stream().map(lesson -> "lessons/" + lesson.name()).collect(Collectors.joining(",")));
        pack.ifPresent(from -> {
            target().ifPresent(from::copyRepository);
            arguments.add("-o");
        });
        new LessonsBuild(workspace.root(), workspace.root().resolve("target/prepare/maven.txt"))
                .run(maven, arguments, System.out::println);
        stamp.add(lessons, used());
        return words();
    }

    private String words() {
        return "libraries and plugins of " + Lessons.named(lessons)
                + target().map(root -> ", in " + root).orElse("");
    }

    private List<Path> used() {
        String model;
        try {
            model = Files.readString(workspace.root().resolve("pom.xml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Stream.concat(
                        lessons.stream()
                                .flatMap(lesson -> LessonClassPath.of(lesson).stream())
                                .filter(Files::isRegularFile),
                        LocalRepository.current().stream().flatMap(repository -> repository.plugins(model).stream()))
                .distinct()
                .toList();
    }
}
