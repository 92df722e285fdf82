package mqworkbook.workbench.brokers;

import java.time.Duration;

/**
 * What differs between one way of running a broker and another; tests take tolerances and reasons to skip from here.
 *
 * @param version the server's version, as it says on connecting
 * @param restartable whether {@link Broker#restart()} works
 * @param whyNotRestartable one sentence for the learner, empty when it is restartable
 * @param timerPrecision how far off a timer of the broker may be, late or early
 */
public record Capabilities(String version, boolean restartable, String whyNotRestartable, Duration timerPrecision) {}
