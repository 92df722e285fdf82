package mqworkbook.ordering;

import java.util.ArrayList;
import java.util.List;
import mqworkbook.ordering.shop.OrderEvent;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import org.apache.rocketmq.client.exception.MQClientException;

class ConsumeProperties {

    /** An order: its queue, how often each of its changes fails first, and which of them is sent twice. */
    record Plan(int queue, List<Integer> failures, int copied) {}

    private static Shop shop;
    private static Desk desk;
    private static Consumers consumers;

    @BeforeContainer
    static void open() throws MQClientException {
        shop = Shop.open();
        desk = new Desk();
        consumers = new Consumers(shop, desk::handler);
        consumers.start("warehouse");
    }

    @AfterContainer
    static void close() {
        consumers.close();
        shop.closeAll();
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("each order's changes are dealt with one after the other, none is lost")
    void inSequence(@ForAll("plans") List<Plan> plans) {
        List<OrderEvent> all = new ArrayList<>();
        for (Plan plan : plans) {
            Statistics.label("failures")
                    .collect(plan.failures().stream().anyMatch(times -> times > 0) ? "some" : "none");
            List<OrderEvent> changes = Shop.way(Shop.newId(), plan.failures().size());
            desk.expecting(changes);
            for (OrderEvent change : changes) {
                desk.fail(change, plan.failures().get((int) change.sequence() - 1));
            }
            all.addAll(changes);
            consumers.send(plan.queue(), changes);
            if (plan.copied() < changes.size()) {
                // A producer that got no answer sends again, while its successor is there already.
                consumers.send(plan.queue(), changes.subList(plan.copied(), plan.copied() + 1));
            }
        }
        desk.expectDone(all, "A change is in its queue, and is never handled");
    }

    @Provide
    Arbitrary<List<Plan>> plans() {
        Arbitrary<List<Integer>> failures = Arbitraries.frequency(Tuple.of(5, 0), Tuple.of(2, 1), Tuple.of(1, 3))
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
        return Combinators.combine(
                        Arbitraries.integers().between(0, Shop.QUEUES - 1),
                        failures,
                        Arbitraries.integers().between(0, 8))
                .as(Plan::new)
                .list()
                .ofMinSize(2)
                .ofMaxSize(6);
    }
}
