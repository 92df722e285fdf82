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

    private static final Pattern ANYTHING = Pattern.compile(".+", Pattern.DOTALL);

    /** What stands before the class that is the lesson. */
    private static final Pattern HEAD = Pattern.compile("@Lesson\\(.*?\\bclass\\b", Pattern.DOTALL);

    private LessonBrokers() {}

    /** The kinds that the lesson needs as a whole; a kind that only one of its steps needs is started by that step. */
    public static List<BrokerKind> ofAllSteps(LessonFiles lesson) {
        return kinds(lesson, HEAD);
    }

    /** The kinds that are named anywhere in the lesson's tests. */
    public static List<BrokerKind> of(LessonFiles lesson) {
        return kinds(lesson, ANYTHING);
    }

    private static List<BrokerKind> kinds(LessonFiles lesson, Pattern where) {
        Set<BrokerKind> kinds = EnumSet.noneOf(BrokerKind.class);
        try (Stream<Path> files = Files.walk(lesson.tests())) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                where.matcher(Files.readString(file))
                        .results()
                        .flatMap(part -> KIND.matcher(part.group()).results())
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
