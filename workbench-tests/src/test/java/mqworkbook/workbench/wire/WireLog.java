package mqworkbook.workbench.wire;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Keeps what a relay tells. */
public final class WireLog implements Consumer<WireEvent> {

    private final List<WireEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void accept(WireEvent event) {
        events.add(event);
    }

    public List<WireEvent> events() {
        return List.copyOf(events);
    }

    /** Events as short lines: {@code #1 OPENED}, {@code #1 basic.publish PASSED}, {@code cut}. */
    public List<String> lines() {
        return events.stream().map(WireLog::line).toList();
    }

    private static String line(WireEvent event) {
        if (event instanceof WireEvent.Passage passage) {
            WireMessage message = passage.message();
            return "#" + message.connection() + " " + message.name() + " " + passage.disposition();
        }
        if (event instanceof WireEvent.Connection connection) {
            return "#" + connection.connection() + " " + connection.change();
        }
        return ((WireEvent.Fault) event).fault();
    }

    /** Names of the messages with that disposition, in order. */
    public List<String> messages(WireEvent.Disposition disposition) {
        return passages(disposition).stream().map(WireMessage::name).toList();
    }

    public List<WireMessage> passages(WireEvent.Disposition disposition) {
        return events.stream()
                .filter(WireEvent.Passage.class::isInstance)
                .map(WireEvent.Passage.class::cast)
                .filter(passage -> passage.disposition() == disposition)
                .map(WireEvent.Passage::message)
                .toList();
    }
}
