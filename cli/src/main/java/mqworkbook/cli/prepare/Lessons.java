package mqworkbook.cli.prepare;

import java.util.List;
import java.util.stream.Collectors;
import mqworkbook.cli.bench.LessonBrokers;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.brokers.BrokerKind;

/** Lessons as they are told, and what they need. */
public final class Lessons {

    private Lessons() {}

    /** {@code lesson 01}, {@code lessons 01, 06}. */
    public static String named(List<LessonFiles> lessons) {
        String numbers =
                lessons.stream().map(lesson -> lesson.name().substring(0, 2)).collect(Collectors.joining(", "));
        return (lessons.size() == 1 ? "lesson " : "lessons ") + numbers;
    }

    /** The kinds of broker that they ask for, each once. */
    public static List<BrokerKind> kinds(List<LessonFiles> lessons) {
        return lessons.stream()
                .flatMap(lesson -> LessonBrokers.of(lesson).stream())
                .distinct()
                .sorted()
                .toList();
    }
}
