package mqworkbook.ordering;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** The keyed executor with 64 keys, and the same pool without one. Each task is a few microseconds of work. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class KeyedExecutorBenchmark {

    static final int KEYS = 64;
    static final int WORK = 1_000;
    private static final int TASKS = 2_048;

    private final String[] keys = new String[KEYS];
    private ExecutorService pool;
    private KeyedExecutor<String> executor;

    @Setup
    public void open() {
        for (int key = 0; key < KEYS; key++) {
            keys[key] = "O-" + key;
        }
        pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        executor = new KeyedExecutor<>(pool, (key, e) -> {
            throw new IllegalStateException(e);
        });
    }

    @TearDown
    public void close() {
        pool.shutdown();
    }

    @Benchmark
    @OperationsPerInvocation(TASKS)
    public void plain() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(TASKS);
        for (int task = 0; task < TASKS; task++) {
            pool.execute(() -> work(open));
        }
        open.await();
    }

    @Benchmark
    @OperationsPerInvocation(TASKS)
    public void keyed() throws InterruptedException {
        CountDownLatch open = new CountDownLatch(TASKS);
        for (int task = 0; task < TASKS; task++) {
            executor.execute(keys[task % KEYS], () -> work(open));
        }
        open.await();
    }

    private static void work(CountDownLatch open) {
        Blackhole.consumeCPU(WORK);
        open.countDown();
    }
}
