package mqworkbook.workbench.brokers.kept;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Choice;
import mqworkbook.workbench.brokers.Started;
import mqworkbook.workbench.brokers.Way;
import mqworkbook.workbench.judge.learner.Workbook;

/**
 * The run's side of the keeper: borrows brokers that {@code ./workbook brokers up} keeps running, and gives them back when
 * this JVM ends. Where nobody keeps any, or another run has them, or the keeper is gone or hangs, there is none to borrow,
 * and one line says why. Safe for several threads.
 */
public final class KeptBrokers {

    private static final Duration LEND_LIMIT = Duration.ofMinutes(2);
    private static final Duration PARTING = Duration.ofSeconds(2);
    private static final String REASON = "kept running by ./workbook brokers up";

    private final Optional<Path> folder;
    private final Consumer<String> notes;
    private final ReentrantLock borrowing = new ReentrantLock();
    private boolean asked;
    private volatile KeeperLine keeper;

    /**
     * Brokers that may be kept.
     *
     * @param folder the workbook's state folder; empty where nothing is borrowed
     * @param notes is told why there is nothing to borrow although something was kept
     */
    public KeptBrokers(Optional<Path> folder, Consumer<String> notes) {
        this.folder = folder;
        this.notes = notes;
    }

    /** Those of this workbook, or of {@link Keeper#FOLDER_PROPERTY}, unless {@code -Dbrokers.kept=false}. */
    public static KeptBrokers ofWorkbook() {
        boolean wanted = Boolean.parseBoolean(System.getProperty(Keeper.PROPERTY, "true"));
        Optional<Path> folder = Optional.ofNullable(System.getProperty(Keeper.FOLDER_PROPERTY))
                .map(Path::of)
                .or(Workbook::state);
        return new KeptBrokers(wanted ? folder : Optional.empty(), System.out::println);
    }

    /**
     * Borrows the broker of that kind until this JVM ends.
     *
     * @param way only one that is run so
     */
    public Optional<Started> borrow(BrokerKind kind, Optional<Way> way) {
        borrowing.lock();
        try {
            return ask(kind, way);
        } finally {
            borrowing.unlock();
        }
    }

    private Optional<Started> ask(BrokerKind kind, Optional<Way> way) {
        if (!asked) {
            asked = true;
            folder.ifPresent(this::call);
        }
        if (keeper == null) {
            return Optional.empty();
        }
        try {
            List<String> answer =
                    keeper.ask("LEND", kind.name(), way.map(Way::name).orElse(""));
            return switch (answer.get(0)) {
                case Session.OK -> Optional.of(started(kind, Facts.parse(answer.subList(1, answer.size()))));
                case Session.NONE -> Optional.empty();
                case Session.BUSY -> without("serve another run (process " + answer.get(1) + ")");
                default -> {
                    tell("cannot be used (" + answer.get(1) + ")");
                    yield Optional.empty();
                }
            };
        } catch (IOException e) {
            return without("are gone");
        }
    }

    /** What would be borrowed, for messages; borrows nothing. */
    public Optional<Choice> look(BrokerKind kind, Optional<Way> way) {
        try {
            return folder.flatMap(KeeperCalls::in)
                    .map(calls -> calls.look().running().get(kind))
                    .filter(facts -> way.isEmpty() || way.get() == facts.way())
                    .map(facts -> new Choice(kind, facts.way(), REASON));
        } catch (BrokerUnavailableException keeperHangs) {
            return Optional.empty();
        }
    }

    private Started started(BrokerKind kind, Facts facts) {
        Broker broker = new KeptBroker(kind, facts, keeper);
        return new Started(new Choice(kind, facts.way(), REASON), broker);
    }

    private void call(Path state) {
        Optional<KeeperAddress> address = KeeperAddress.in(state);
        if (address.isEmpty()) {
            return;
        }
        if (address.get().process().isEmpty()) {
            KeeperAddress.removeFrom(state);
            without("are gone");
            return;
        }
        try {
            keeper = KeeperLine.to(address.get()).patient(LEND_LIMIT);
            Runtime.getRuntime().addShutdownHook(new Thread(this::giveBack, "kept-brokers-end"));
        } catch (IOException e) {
            without("do not answer");
        }
    }

    private Optional<Started> without(String why) {
        tell(why);
        if (keeper != null) {
            keeper.close();
            keeper = null;
        }
        return Optional.empty();
    }

    private void tell(String why) {
        notes.accept("The brokers of ./workbook brokers up " + why + ": this run starts its own");
    }

    /** At the end of the JVM, which a keeper that renews something must not hold up. */
    void giveBack() {
        KeeperLine line = keeper;
        if (line == null) {
            return;
        }
        try (line) {
            if (borrowing.tryLock(PARTING.toMillis(), TimeUnit.MILLISECONDS)) {
                line.patient(PARTING).ask("DONE");
            }
        } catch (IOException gone) {
            // Nobody to give them back to.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
