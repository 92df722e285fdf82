package mqworkbook.workbench.brokers.kept;

import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import java.util.function.Supplier;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.Started;
import mqworkbook.workbench.brokers.Way;

/** The keeper's place for one kind of broker: empty, or with one that runs. Safe for several threads. */
final class Place {

    private static final int ALIVE_WITHIN_MILLIS = 1_000;

    private final Supplier<Started> starter;
    private Started started;
    private boolean soiled;

    Place(Supplier<Started> starter) {
        this.starter = starter;
    }

    /** Starts a broker where there is none that can be used. */
    synchronized Facts fill() {
        if (started != null && !accepts(started.broker())) {
            clear();
        }
        if (started == null) {
            started = starter.get();
        }
        return facts();
    }

    /** What is there now; nothing is started. */
    synchronized Optional<Facts> look() {
        return Optional.ofNullable(started).map(present -> facts());
    }

    /** The broker for a new run: alive, and without anything that a run has left which did not end well. */
    synchronized Optional<Facts> lend(Optional<Way> way) {
        if (started == null || way.isPresent() && started.choice().way() != way.get()) {
            return Optional.empty();
        }
        renewIfSoiled();
        return Optional.of(fill());
    }

    /** The run that had it may have left something behind. */
    synchronized void soil() {
        soiled = true;
    }

    /** Puts a fresh broker where a run has left one soiled. */
    synchronized void renewIfSoiled() {
        if (soiled && started != null) {
            clear();
            fill();
        }
        soiled = false;
    }

    synchronized void restart() {
        if (started == null) {
            throw new IllegalStateException("there is nothing to restart");
        }
        started.broker().restart();
    }

    private void clear() {
        started.broker().stop();
        started = null;
    }

    private Facts facts() {
        return Facts.of(started.choice().way(), started.broker());
    }

    private static boolean accepts(Broker broker) {
        try (Socket probe = new Socket()) {
            probe.connect(broker.endpoint().address(), ALIVE_WITHIN_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
