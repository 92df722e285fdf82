package mqworkbook.delay;

import mqworkbook.delay.before.InProcessTimeouts;
import mqworkbook.delay.order.Timeouts;

/** Timeouts in memory, as it is done today. */
final class InProcessBench extends Bench {

    @Override
    Timeouts newTimeouts(String process) {
        return new InProcessTimeouts(clock);
    }

    @Override
    void cutOff(String process) {}

    @Override
    int connections(String process) {
        return 0;
    }

    @Override
    String whereabouts() {
        return "nothing is kept anywhere";
    }
}
