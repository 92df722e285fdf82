package mqworkbook.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mqworkbook.cli.prepare.Lessons;
import mqworkbook.cli.prepare.Readiness;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Supply;

/** For each kind of broker: which way would be chosen and why, what is there for it, and what is not. */
final class BrokerChecks {

    private BrokerChecks() {}

    static List<Check> of(List<LessonFiles> lessons) {
        List<BrokerKind> needed = Lessons.kinds(lessons);
        return Stream.of(BrokerKind.values())
                .map(kind -> of(Readiness.of(kind), needed.contains(kind)))
                .toList();
    }

    /**
     * One kind.
     *
     * @param needed whether a lesson asks for it
     */
    static Check of(Readiness readiness, boolean needed) {
        String name = readiness.kind().displayName();
        if (readiness.choice().isEmpty()) {
            String found = "there is none for the lessons";
            return needed
                    ? Check.missing(name, found, readiness.problem() + ".")
                    : Check.note(name, "there is none; no lesson asks for it yet", readiness.problem() + ".");
        }
        String found = readiness.choice().get().way().phrase() + " ("
                + readiness.choice().get().reason() + ")";
        List<String> details = new ArrayList<>();
        readiness.supplies().forEach(supply -> supply.found().ifPresent(it -> details.add(supply.name() + " " + it)));
        if (readiness.complete()) {
            return Check.ok(name, found, details);
        }
        details.add(missing(readiness.supplies()) + (needed ? ": ./workbook prepare" : "; no lesson asks for it yet"));
        return Check.note(name, found, details);
    }

    private static String missing(List<Supply> supplies) {
        String names = supplies.stream()
                .filter(supply -> supply.found().isEmpty())
                .map(Supply::name)
                .collect(Collectors.joining(", "));
        return "not there yet: " + (names.isEmpty() ? "something" : names);
    }
}
