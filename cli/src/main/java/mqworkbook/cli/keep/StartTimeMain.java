package mqworkbook.cli.keep;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.Broker;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.trial.Trial;

/**
 * The JVM in which starts are measured. {@code ROUNDS KIND...}: starts these kinds side by side, publishes a message on
 * each, and stops them, that many times over; prints for each the milliseconds to the first confirmed message.
 */
final class StartTimeMain {

    static final String LINE = "first message ";

    private StartTimeMain() {}

    public static void main(String[] words) {
        ExecutorService threads = Executors.newCachedThreadPool();
        List<BrokerKind> kinds =
                Stream.of(words).skip(1).map(BrokerKind::valueOf).toList();
        for (int round = Integer.parseInt(words[0]); round > 0; round--) {
            long begin = System.nanoTime();
            List<CompletableFuture<Broker>> running = kinds.stream()
                    .map(kind -> CompletableFuture.supplyAsync(() -> firstMessage(kind, begin), threads))
                    .toList();
            running.forEach(broker -> broker.join().stop());
        }
        System.exit(0);
    }

    private static Broker firstMessage(BrokerKind kind, long begin) {
        Broker broker = Brokers.forRun().startAnother(kind).broker();
        try (Trial trial = Trial.of(broker)) {
            trial.publish("start", "the first message");
            System.out.println(LINE + kind + " " + (System.nanoTime() - begin) / 1_000_000);
        } catch (IOException e) {
            throw new IllegalStateException(kind.displayName() + " has started, but takes no message", e);
        }
        return broker;
    }
}
