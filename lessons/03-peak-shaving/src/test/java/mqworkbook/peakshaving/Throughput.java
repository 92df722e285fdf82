package mqworkbook.peakshaving;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.workbench.brokers.Endpoint;
import mqworkbook.workbench.judge.Beside;

/**
 * Decisions a second of the admission, and of a bare client that sends the very same command: redis-benchmark where it is
 * installed, else a loop over sockets. Past every relay. Nearly all are told that it is sold out, as in every sale.
 *
 * @param admission median, a second
 * @param bare median, a second
 * @param rival who the bare client is
 * @param how in a few words
 */
record Throughput(double admission, double bare, String rival, String how) {

    static final int CONCURRENCY = 32;
    static final int PAIRS = 5;

    private static final int DECISIONS = 20_000;
    private static final int USERS = 10_000;
    /** Twelve digits: what redis-benchmark puts in the place of __rand_int__. */
    private static final String DIGITS = "%012d";

    private static final int SAMPLE = 42;

    double ratio() {
        return admission / bare;
    }

    static Throughput measure(Market market) throws Exception {
        Endpoint redis = market.redis.broker().endpoint();
        RedisURI.Builder uri = RedisURI.builder().withHost(redis.host()).withPort(redis.port());
        if (!redis.password().isEmpty()) {
            uri.withPassword(redis.password().toCharArray());
        }
        Sale sale = market.sale(0);
        String[] users = new String[USERS];
        for (int i = 0; i < USERS; i++) {
            users[i] = user(i);
        }
        market.redis.data().sadd(market.names.registered(sale.id), users);
        RedisClient client = RedisClient.create(uri.build());
        try (Admission admission = new Admission(client, market.names, Clock.systemUTC())) {
            admission.reserve(click(sale, SAMPLE));
            List<String> command =
                    BareRedis.commandOf(redis, () -> admission.reserve(click(sale, SAMPLE)), digits(SAMPLE));
            Optional<String> benchmark = redis.password().isEmpty() ? BareRedis.benchmark() : Optional.empty();
            List<Double> ours = new ArrayList<>();
            List<Double> bare = new ArrayList<>();
            // The first pair warms up.
            for (int pair = 0; pair <= PAIRS; pair++) {
                double one = decide(admission, sale);
                double other = benchmark.isPresent()
                        ? BareRedis.runBenchmark(benchmark.get(), redis, command, CONCURRENCY, DECISIONS, USERS)
                        : BareRedis.runLoop(redis, command, CONCURRENCY, DECISIONS, USERS);
                if (pair > 0) {
                    ours.add(one);
                    bare.add(other);
                }
            }
            return new Throughput(
                    median(ours),
                    median(bare),
                    benchmark.isPresent() ? "redis-benchmark" : "bare sockets",
                    benchmark.isPresent()
                            ? "the bare client is redis-benchmark"
                            : "redis-benchmark is not installed here, so the bare client is a loop over sockets");
        } finally {
            client.shutdown();
        }
    }

    private static double decide(Admission admission, Sale sale) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (int i = 0; i < CONCURRENCY; i++) {
            threads.add(Beside.run(() -> {
                go.await();
                for (int n = 0; n < DECISIONS / CONCURRENCY; n++) {
                    admission.reserve(click(sale, ThreadLocalRandom.current().nextInt(USERS)));
                }
                return null;
            }));
        }
        long start = System.nanoTime();
        go.countDown();
        for (CompletableFuture<Void> thread : threads) {
            thread.get(60, TimeUnit.SECONDS);
        }
        return DECISIONS / ((System.nanoTime() - start) / 1e9);
    }

    private static Purchase click(Sale sale, int number) {
        return new Purchase("R-" + digits(number), sale.id, user(number), 1);
    }

    private static String user(int number) {
        return "U-" + digits(number);
    }

    private static String digits(int number) {
        return String.format(Locale.ROOT, DIGITS, number);
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
