package mqworkbook.peakshaving;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import mqworkbook.peakshaving.sale.Outcome;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.redis.RedisFixture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

class AdmissionProperties {

    /**
     * A click.
     *
     * @param user the last one has not registered
     * @param repeats whether it is this user's last request once more
     */
    record Click(int user, int quantity, boolean repeats) {}

    private static final int USERS = 6;

    private static RedisFixture redis;
    private static Market market;
    private static Admission admission;

    @BeforeContainer
    static void open() {
        redis = RedisFixture.open(Brokers.forRun().require(BrokerKind.REDIS));
        market = new Market(redis);
        admission = market.admission("shop");
    }

    @AfterContainer
    static void close() {
        redis.close();
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("each click gets the answer of a simple model, and the books are those of the model")
    void asTheModel(@ForAll("clicks") List<Click> clicks, @ForAll("stocks") int stock) {
        Sale sale = market.sale(stock);
        String run = "-" + Market.number();
        for (int user = 0; user < USERS - 1; user++) {
            sale.register("U-" + user + run);
        }
        int left = stock;
        Map<String, Purchase> won = new HashMap<>();
        Map<String, Purchase> last = new HashMap<>();
        for (Click click : clicks) {
            String user = "U-" + click.user() + run;
            Purchase purchase =
                    click.repeats() && last.containsKey(user) ? last.get(user) : sale.click(user, click.quantity());
            last.put(user, purchase);
            Outcome expected = expected(purchase, won.get(user), click.user() < USERS - 1, left);
            boolean again = purchase.equals(won.get(user));
            Statistics.label("answers")
                    .collect(again ? "WON, again" : expected.name())
                    .coverage(coverage -> coverage.check("WON, again").percentage(share -> share > 1));
            Admissions.expect(expected, admission, purchase, sale, left + " are left");
            if (expected == Outcome.WON && !again) {
                won.put(user, purchase);
                left -= purchase.quantity();
            }
        }
    }

    private static Outcome expected(Purchase purchase, Purchase won, boolean registered, int left) {
        if (won != null) {
            return won.equals(purchase) ? Outcome.WON : Outcome.ALREADY_BOUGHT;
        }
        if (!registered) {
            return Outcome.NOT_ELIGIBLE;
        }
        return purchase.quantity() <= left ? Outcome.WON : Outcome.SOLD_OUT;
    }

    @Provide
    Arbitrary<Integer> stocks() {
        return Arbitraries.integers().between(0, 8);
    }

    @Provide
    Arbitrary<List<Click>> clicks() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, USERS - 1),
                        Arbitraries.integers().between(1, 4),
                        Arbitraries.of(true, false, false))
                .as(Click::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }
}
