package mqworkbook.workbench.brokers.kept;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.brokers.Started;

/**
 * Keeps brokers running between runs, and lends them to one run at a time. It listens on loopback, knows its clients by a
 * token, and ends when it is told to, when nobody has used it for a while, or when its address is not in the state folder
 * any more. A run that ends without a word (killed) has left names on the brokers: the next gets fresh ones.
 */
public final class Keeper implements AutoCloseable {

    /** The property that keeps a run from borrowing, and the keeper itself from asking itself. */
    public static final String PROPERTY = "brokers.kept";

    /** The property that names the state folder of another keeper than that of {@code ./workbook brokers up}. */
    public static final String FOLDER_PROPERTY = "brokers.kept.in";

    /** In the place of an idle time: it stays for as long as its standard input is open. */
    public static final String ATTACHED = "attached";

    private static final long LOOK_AROUND_MILLIS = 500;

    private final Path folder;
    private final Lease lease = new Lease(System::nanoTime);
    private final Map<BrokerKind, Place> places = new EnumMap<>(BrokerKind.class);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final ServerSocket server;
    private final KeeperAddress address;

    /**
     * A keeper that can be called from now on.
     *
     * @param folder the workbook's state folder
     * @param starter starts a broker of that kind
     */
    Keeper(Path folder, Function<BrokerKind, Started> starter) throws IOException {
        this.folder = folder;
        for (BrokerKind kind : BrokerKind.values()) {
            places.put(kind, new Place(() -> starter.apply(kind)));
        }
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        address = KeeperAddress.here(server.getLocalPort(), UUID.randomUUID().toString());
        address.writeTo(folder);
        daemon("keeper-calls", this::answerCalls);
    }

    /**
     * The keeper's process. {@code FOLDER IDLE}: the state folder, and how long to stay without being used, or {@link
     * #ATTACHED}.
     */
    public static void main(String[] words) throws IOException, InterruptedException {
        System.setProperty(PROPERTY, "false");
        try (Keeper keeper = new Keeper(Path.of(words[0]), Brokers.forRun()::startAnother)) {
            if (words[1].equals(ATTACHED)) {
                daemon("keeper-owner", keeper::awaitOwner);
                keeper.keep(ChronoUnit.FOREVER.getDuration());
            } else {
                keeper.keep(Duration.parse(words[1]));
            }
        }
        // The brokers go with this JVM: its guardian sees to that.
        System.exit(0);
    }

    /** Returns when there is no more reason to stay. */
    void keep(Duration idle) throws InterruptedException {
        while (!stopped.await(LOOK_AROUND_MILLIS, TimeUnit.MILLISECONDS)) {
            if (lease.isIdleFor(idle) || !isListed()) {
                return;
            }
        }
    }

    /** However its owner ended, a pipe of his is closed then. */
    private void awaitOwner() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            // As good as its end.
        }
        stopped.countDown();
    }

    private boolean isListed() {
        return KeeperAddress.in(folder).filter(address::equals).isPresent();
    }

    private void answerCalls() {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                daemon("keeper-call", () -> greet(caller));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void greet(Socket caller) {
        try (KeeperLine line = new KeeperLine(caller)) {
            List<String> greeting = line.hear();
            if (greeting.size() == 2 && greeting.get(0).equals(address.token())) {
                line.say(List.of(address.token()));
                new Session(places, lease, stopped::countDown, greeting.get(1)).serve(line);
            }
        } catch (IOException noClientOfOurs) {
            // Nothing was promised.
        }
    }

    private static void daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (isListed()) {
            KeeperAddress.removeFrom(folder);
        }
    }
}
