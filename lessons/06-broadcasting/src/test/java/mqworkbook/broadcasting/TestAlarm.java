package mqworkbook.broadcasting;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mqworkbook.broadcasting.config.Alarm;

/** Remembers what was reported. */
final class TestAlarm implements Alarm {

    private final List<String> raised = new CopyOnWriteArrayList<>();

    @Override
    public void raise(String what, Throwable cause) {
        raised.add(what + ": " + cause);
    }

    List<String> raised() {
        return raised;
    }
}
