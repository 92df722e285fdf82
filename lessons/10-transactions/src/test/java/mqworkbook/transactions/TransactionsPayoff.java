package mqworkbook.transactions;

import java.util.ArrayList;
import java.util.List;
import mqworkbook.workbench.payoff.Payoff;
import mqworkbook.workbench.payoff.PayoffTable;

/** What a dual write leaves behind when processes die, and what each way out of it costs for each message. */
public final class TransactionsPayoff implements Payoff {

    static final int MESSAGES = 200;
    static final int DEATHS = 24;

    @Override
    public PayoffTable measure() throws Exception {
        List<PayoffTable.Row> rows = new ArrayList<>();
        try (Shop shop = Shop.open()) {
            rows.addAll(new Costs(shop).measure());
            rows.addAll(new Orphans(shop).measure());
        }
        return new PayoffTable(
                "One order and its message: what is left behind, and what it costs",
                List.of("orphaned rows", "orphaned messages", "p50 ms", "p99 ms"),
                2,
                "ms",
                rows,
                MESSAGES
                        + " orders one after the other, each way in turn; the outbox's relay is measured with its insert, and"
                        + " Kafka's transaction holds one order and no database. " + DEATHS
                        + " processes die at the commit, before it and after it.");
    }
}
