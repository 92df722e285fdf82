package mqworkbook.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.brokers.BrokerKind;

/** The brokers that a lesson's tests ask for, read from their sources: so they can start before anything is compiled. */
public final class LessonBrokers {

    private static final Pattern KIND = Pattern.compile("\\bBrokerKind\\.([A-Z]+)\\b");

    private LessonBrokers() {}

    /** The kinds that are named anywhere in the lesson's tests. */
    public static List<BrokerKind> of(LessonFiles lesson) {
        Set<BrokerKind> kinds = EnumSet.noneOf(BrokerKind.class);
        try (Stream<Path> files = Files.walk(lesson.tests())) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                KIND.matcher(Files.readString(file))
                        .results()
                        .flatMap(found -> Stream.of(BrokerKind.values())
                                .filter(kind -> kind.name().equals(found.group(1))))
                        .forEach(kinds::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(kinds);
    }
}
