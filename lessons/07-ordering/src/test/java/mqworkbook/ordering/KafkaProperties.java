package mqworkbook.ordering;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import mqworkbook.ordering.shop.OrderEvent;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

class KafkaProperties {

    private static final Map<String, Integer> FAILURES = new ConcurrentHashMap<>();

    private static KafkaShop shop;
    private static TestLedger ledger;
    private static KafkaOrderPublisher publisher;

    @BeforeContainer
    static void open() {
        shop = KafkaShop.open();
        ledger = new TestLedger();
        ledger.within(KafkaProperties::failIfPlanned);
        publisher = shop.publisher("node");
        shop.consumer("warehouse", shop.newGroup(), ledger);
    }

    @AfterContainer
    static void close() {
        shop.closeAll();
    }

    @Property(tries = 10, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("each order is in its partition once and in order, and in the ledger")
    void inSequence(
            @ForAll Disturbance disturbance,
            @ForAll @IntRange(min = 2, max = 4) int changes,
            @ForAll @IntRange(min = 1, max = 4) int orders,
            @ForAll @IntRange(max = 3) int failures) {
        Statistics.label("disturbance").collect(disturbance);
        List<List<OrderEvent>> all = new ArrayList<>();
        for (int order = 0; order < orders; order++) {
            List<OrderEvent> way = Shop.way(Shop.newId(), changes);
            FAILURES.put(way.get(0).orderId(), failures);
            all.add(way);
            KafkaShop.expectSent(way.get(0), publisher.publish(way.get(0)), "nothing is disturbed");
        }
        // By number: each order's second change, then each order's third.
        List<OrderEvent> rest = new ArrayList<>();
        for (int number = 1; number < changes; number++) {
            for (List<OrderEvent> way : all) {
                rest.add(way.get(number));
            }
        }
        List<CompletableFuture<Void>> sent = disturbance.during(shop, "node", publisher, rest);
        for (int i = 0; i < rest.size(); i++) {
            KafkaShop.expectSent(rest.get(i), sent.get(i), disturbance.what());
        }
        shop.expectLog(all, disturbance.what());
        for (List<OrderEvent> way : all) {
            Step7Kafka.expectApplied(ledger, way, "the ledger failed " + failures + " times; " + disturbance.what());
        }
    }

    private static void failIfPlanned(String orderId) {
        Integer left = FAILURES.computeIfPresent(orderId, (id, times) -> times - 1);
        if (left != null && left >= 0) {
            throw new IllegalStateException("ledger: connection refused, for " + orderId);
        }
    }
}
