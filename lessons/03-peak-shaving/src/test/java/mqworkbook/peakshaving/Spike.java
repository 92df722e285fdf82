package mqworkbook.peakshaving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import mqworkbook.peakshaving.before.DirectSale;
import mqworkbook.peakshaving.sale.Outcome;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.payoff.PayoffTable;

/** The same clicks, once straight at the database, once through the sale. */
final class Spike {

    static final int CLICKS = 600;
    static final int THREADS = 60;
    static final int LIMIT = 8;

    private static final int STOCK = 200;
    private static final Duration WRITE = Duration.ofMillis(5);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Market market;

    Spike(Market market) {
        this.market = market;
    }

    List<PayoffTable.Row> measure() throws Exception {
        return List.of(direct(), buffered());
    }

    private PayoffTable.Row direct() throws Exception {
        Database database = new Database(LIMIT);
        DirectSale direct = new DirectSale(database.of("shop"));
        direct.createTables("sale", STOCK);
        database.slow(WRITE);
        List<Callable<Outcome>> clicks = new ArrayList<>();
        for (int i = 0; i < CLICKS; i++) {
            Purchase purchase = new Purchase("R-" + i, "sale", "U-" + i, 1);
            clicks.add(() -> direct.buy(purchase));
        }
        return row("direct", database, run(clicks));
    }

    private PayoffTable.Row buffered() throws Exception {
        Database database = new Database(LIMIT);
        new OrderBook(database.of("deployment")).createTable();
        database.slow(WRITE);
        market.declareQueue(Market.QUEUE_LIMIT);
        FlashSale shop = market.shop("shop");
        Sale sale = market.sale(STOCK);
        List<Callable<Outcome>> clicks = new ArrayList<>();
        for (int i = 0; i < CLICKS; i++) {
            Purchase purchase = sale.click(1);
            clicks.add(() -> shop.buy(purchase));
        }
        OrderBook book = new OrderBook(database.of("drain"));
        try (OrderDrain drain = new OrderDrain(
                market.rabbit.client("drain").factory(), market.names, book, LIMIT, 2 * LIMIT, Market.PAUSE)) {
            drain.start();
            Answers answers = run(clicks);
            Eventually.within(LONGEST)
                    .until("all is drained", () -> database.orders(sale.id).size() == STOCK)
                    .orElse(() ->
                            new IllegalStateException(database.orders(sale.id).size() + " orders of " + STOCK));
            return row("buffered", database, answers);
        }
    }

    private record Answers(int errors, List<Double> millis) {}

    private static Answers run(List<Callable<Outcome>> clicks) throws Exception {
        AtomicInteger errors = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<CompletableFuture<List<Double>>> threads = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int first = thread;
            threads.add(Beside.run(() -> {
                go.await();
                List<Double> millis = new ArrayList<>();
                for (int i = first; i < clicks.size(); i += THREADS) {
                    long start = System.nanoTime();
                    try {
                        clicks.get(i).call();
                    } catch (Exception error) {
                        errors.incrementAndGet();
                    }
                    millis.add((System.nanoTime() - start) / 1e6);
                }
                return millis;
            }));
        }
        go.countDown();
        List<Double> all = new ArrayList<>();
        for (CompletableFuture<List<Double>> thread : threads) {
            all.addAll(thread.get(LONGEST.toSeconds(), TimeUnit.SECONDS));
        }
        return new Answers(errors.get(), all.stream().sorted().toList());
    }

    private static PayoffTable.Row row(String design, Database database, Answers answers) {
        List<Double> millis = answers.millis();
        return new PayoffTable.Row(
                "the spike",
                design,
                List.of(
                        (double) database.peak(),
                        100.0 * answers.errors() / CLICKS,
                        millis.get(millis.size() * 99 / 100),
                        Double.NaN));
    }
}
