package mqworkbook.workbench.brokers.kept;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;

/** What a command can ask of the keeper. */
public final class KeeperCalls {

    private static final Duration START_LIMIT = Duration.ofMinutes(10);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final int FACTS = 11;

    private final Path folder;
    private final KeeperAddress keeper;

    private KeeperCalls(Path folder, KeeperAddress keeper) {
        this.folder = folder;
        this.keeper = keeper;
    }

    /**
     * What runs now.
     *
     * @param holder the process that has borrowed them; empty when none has
     */
    public record View(String holder, Map<BrokerKind, Facts> running) {}

    /** The keeper whose address stands in the folder; what a dead one has left there is removed. */
    public static Optional<KeeperCalls> in(Path folder) {
        Optional<KeeperAddress> listed = KeeperAddress.in(folder);
        if (listed.isPresent() && listed.get().process().isEmpty()) {
            KeeperAddress.removeFrom(folder);
            return Optional.empty();
        }
        return listed.map(keeper -> new KeeperCalls(folder, keeper));
    }

    /** The keeper's process. */
    public long pid() {
        return keeper.pid();
    }

    /**
     * What runs, and for whom.
     *
     * @throws BrokerUnavailableException when the keeper does not answer
     */
    public View look() {
        List<String> answer = ask(Duration.ofSeconds(30), "LOOK");
        Map<BrokerKind, Facts> running = new EnumMap<>(BrokerKind.class);
        for (int at = 2; at < answer.size(); at += 1 + FACTS) {
            running.put(BrokerKind.valueOf(answer.get(at)), Facts.parse(answer.subList(at + 1, at + 1 + FACTS)));
        }
        return new View(answer.get(1), running);
    }

    /**
     * Starts a broker of that kind, unless one runs already, and waits until clients can use it.
     *
     * @throws BrokerUnavailableException with the command that mends it
     */
    public Facts start(BrokerKind kind) {
        List<String> answer = ask(START_LIMIT, "START", kind.name());
        return Facts.parse(answer.subList(1, answer.size()));
    }

    /** Ends the keeper with all its brokers, whether it answers or not; returns when its process is gone. */
    public void stop() {
        try {
            ask(Duration.ofSeconds(2), "STOP");
        } catch (BrokerUnavailableException hangs) {
            keeper.process().ifPresent(ProcessHandle::destroyForcibly);
        }
        try {
            if (keeper.process().isPresent()) {
                keeper.process().get().onExit().get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (TimeoutException | ExecutionException e) {
            keeper.process().ifPresent(ProcessHandle::destroyForcibly);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (KeeperAddress.in(folder).filter(keeper::equals).isPresent()) {
            KeeperAddress.removeFrom(folder);
        }
    }

    private List<String> ask(Duration limit, String... words) {
        try (KeeperLine line = KeeperLine.to(keeper).patient(limit)) {
            List<String> answer = line.ask(words);
            if (answer.get(0).equals(Session.FAILED)) {
                throw new BrokerUnavailableException(answer.get(1));
            }
            return answer;
        } catch (IOException e) {
            throw new BrokerUnavailableException(
                    "The keeper of the brokers (process " + keeper.pid() + ") does not answer: run"
                            + " ./workbook brokers down, which ends it",
                    e);
        }
    }
}
