package mqworkbook.ordering;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Wrong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

class SendProperties {

    private static Shop shop;

    /** How far an order comes, and whether its id has a negative hash code. */
    record Plan(int changes, boolean negative) {}

    @BeforeContainer
    static void open() {
        shop = Shop.open();
    }

    @AfterContainer
    static void close() {
        shop.closeAll();
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("each order is in one queue, in its sequence")
    void inSequence(@ForAll("plans") List<Plan> plans) throws Exception {
        Set<Boolean> kinds = plans.stream().map(Plan::negative).collect(Collectors.toSet());
        Statistics.label("hash codes").collect(kinds.contains(true) ? "some negative" : "all positive");
        TestOrderStore store = new TestOrderStore();
        OrderService service = new OrderService(store, shop.publisher("node 1"));
        List<String> ids =
                plans.stream().map(plan -> Shop.newId(plan.negative())).toList();
        List<CompletableFuture<Void>> running = ids.stream()
                .map(id -> Beside.<Void>run(() -> {
                    Shop.WAY
                            .subList(0, plans.get(ids.indexOf(id)).changes())
                            .forEach(state -> service.change(id, state));
                    return null;
                }))
                .toList();
        for (CompletableFuture<Void> each : running) {
            Beside.result(each, Shop.SOON, () -> Wrong.that("Orders that change at the same time come to no end"));
        }
        for (int order = 0; order < ids.size(); order++) {
            Log.expect(shop, Shop.way(ids.get(order), plans.get(order).changes()));
        }
    }

    @Provide
    Arbitrary<List<Plan>> plans() {
        return net.jqwik.api.Combinators.combine(
                        Arbitraries.integers().between(1, Shop.WAY.size()), Arbitraries.of(true, false))
                .as(Plan::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }
}
