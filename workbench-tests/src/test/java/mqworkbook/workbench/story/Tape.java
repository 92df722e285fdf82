package mqworkbook.workbench.story;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.history.History;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.WireEvent;
import mqworkbook.workbench.wire.WireMessage;

/** A recording that a test writes line by line. */
final class Tape {

    private final History history = new History();
    private final Recording recording;
    private final long began = System.nanoTime();
    private long sequence;

    Tape(BrokerKind broker) {
        recording = new Recording("mqw-1.", broker, history);
    }

    History history() {
        return history;
    }

    /** {@code sent("shop", "basic.publish", "message-id", "E-1")}. */
    Tape sent(String actor, String name, Object... fields) {
        return passes(actor, Direction.TO_BROKER, name, fields);
    }

    Tape came(String actor, String name, Object... fields) {
        return passes(actor, Direction.TO_CLIENT, name, fields);
    }

    Tape fault(String actor, String fault) {
        recording.add(new WireEvent.Fault(++sequence, System.nanoTime(), actor, fault));
        return this;
    }

    Tape cut(String actor, String reason) {
        recording.add(new WireEvent.Connection(++sequence, System.nanoTime(), actor, 1, WireEvent.Change.CUT, reason));
        return this;
    }

    Optional<Story> story(String failure) {
        return StoryTeller.of(
                Chronicle.of(recording).stream()
                        .filter(act -> act.nanos() >= began)
                        .toList(),
                failure);
    }

    /** The story as lines: {@code shop > RabbitMQ publish E-1 (to orders) *}. */
    List<String> told(String failure) {
        return story(failure).orElseThrow().scenes().stream().map(Tape::line).toList();
    }

    private static String line(Scene scene) {
        if (scene.isFold()) {
            return "... " + scene.more();
        }
        String way = scene.from().equals(scene.to()) ? scene.from() : scene.from() + " > " + scene.to();
        return List.of(
                        way,
                        scene.what(),
                        scene.message(),
                        scene.detail().isEmpty() ? "" : "(" + scene.detail() + ")",
                        scene.marked() ? "*" : scene.harm() ? "!" : "")
                .stream()
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
    }

    private Tape passes(String actor, Direction direction, String name, Object... fields) {
        Map<String, Object> map = new HashMap<>();
        for (int i = 0; i < fields.length; i += 2) {
            map.put(fields[i].toString(), fields[i + 1]);
        }
        recording.add(new WireEvent.Passage(
                ++sequence,
                System.nanoTime(),
                actor,
                new WireMessage(direction, 1, 1, name, map),
                WireEvent.Disposition.PASSED));
        return this;
    }
}
