package mqworkbook.workbench.story;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import mqworkbook.workbench.wire.WireEvent;

/** What was done to the system. The history tells it in words, and the relays once more in parts: each is told once. */
final class Harm {

    private static final String DIES = " dies";

    /** Reasons of a cut that has been told already, or is of the test's end. */
    private static final Set<String> TOLD = Set.of("cut", "refuse", "relay closed");

    /** Within this time, what relays do belongs to what the history has told before. */
    private static final long TOGETHER = 100_000_000;

    private record Told(long nanos, String text) {}

    private final List<Told> told = new ArrayList<>();

    /** What the history tells of. */
    Act told(long nanos, String text, Collection<String> actors) {
        told.add(new Told(nanos, text));
        String lane =
                actors.stream().filter(actor -> isOf(actor, text)).findFirst().orElse("");
        return new Act(
                nanos,
                lane,
                lane,
                lane.isEmpty() ? text : text.replaceFirst(".*" + DIES, "dies"),
                List.of(),
                "",
                Act.Kind.HARM);
    }

    /** What a relay tells of; empty where it is told otherwise, or is no harm. */
    Optional<Act> of(WireEvent event, String broker) {
        if (event instanceof WireEvent.Fault fault) {
            return isPart(fault) ? Optional.empty() : Optional.of(act(event, broker, fault.fault(), ""));
        }
        if (event instanceof WireEvent.Connection connection
                && connection.change() == WireEvent.Change.CUT
                && !TOLD.contains(connection.reason())) {
            return Optional.of(act(event, broker, "cut", connection.reason()));
        }
        return Optional.empty();
    }

    private static Act act(WireEvent event, String broker, String what, String detail) {
        return new Act(event.nanos(), event.relay(), broker, what, List.of(), detail, Act.Kind.HARM);
    }

    /** A dead process is refused; while a broker restarts, everybody is. */
    private boolean isPart(WireEvent.Fault fault) {
        Told last = null;
        for (Told each : told) {
            if (each.nanos() <= fault.nanos()) {
                last = each;
            }
        }
        if (last == null) {
            return false;
        }
        return last.text().equals("broker restarts")
                || fault.fault().equals("refuse")
                        && isOf(fault.relay(), last.text())
                        && fault.nanos() - last.nanos() < TOGETHER;
    }

    /** "first dies" is told of the actor "first", also where it is called "classic first". */
    private static boolean isOf(String actor, String text) {
        String name = text.endsWith(DIES) ? text.substring(0, text.length() - DIES.length()) : "";
        return !name.isEmpty() && (actor.equals(name) || actor.endsWith(" " + name));
    }
}
