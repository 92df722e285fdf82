package mqworkbook.peakshaving;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.payoff.Payoff;
import mqworkbook.workbench.payoff.PayoffTable;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import mqworkbook.workbench.redis.RedisFixture;

/** What a spike does to the database, directly and buffered; and what the admission's client costs beside a bare one. */
public final class PeakShavingPayoff implements Payoff {

    /** The admission is to make so many decisions as a share of those of a bare client. */
    private static final double TARGET = 0.6;

    @Override
    public PayoffTable measure() throws Exception {
        List<PayoffTable.Row> rows = new ArrayList<>();
        Throughput throughput;
        try (RedisFixture redis = RedisFixture.open(Brokers.forRun().require(BrokerKind.REDIS));
                RabbitMqFixture rabbit = RabbitMqFixture.open(Brokers.forRun().require(BrokerKind.RABBITMQ))) {
            Market market = new Market(redis, rabbit);
            rows.addAll(new Spike(market).measure());
            throughput = Throughput.measure(market);
        }
        rows.add(row("admission alone", throughput.rival(), throughput.bare()));
        rows.add(row("admission alone", "Admission", throughput.admission()));
        if (throughput.ratio() < TARGET / 2) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "The admission makes %.0f decisions a second, %s %.0f: a share of %.2f, where %.1f is the target."
                            + " Is there a lock, or a round trip too many?",
                    throughput.admission(),
                    throughput.rival(),
                    throughput.bare(),
                    throughput.ratio(),
                    TARGET));
        }
        return new PayoffTable(
                "A spike on a database that takes " + Spike.LIMIT + " at a time",
                List.of("most at the database", "errors %", "answer p99 ms", "decisions/s"),
                1,
                "%",
                rows,
                String.format(
                        Locale.ROOT,
                        "%d clicks by %d threads each way. Decisions: same script, same server, %d at a time, median of %d"
                                + " pairs in turn; %s; share of the bare client %.2f (target %.1f).",
                        Spike.CLICKS,
                        Spike.THREADS,
                        Throughput.CONCURRENCY,
                        Throughput.PAIRS,
                        throughput.how(),
                        throughput.ratio(),
                        TARGET));
    }

    private static PayoffTable.Row row(String condition, String design, double decisions) {
        return new PayoffTable.Row(condition, design, List.of(Double.NaN, Double.NaN, Double.NaN, decisions));
    }
}
