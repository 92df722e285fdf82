package mqworkbook.sync;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import mqworkbook.sync.user.Ledger;
import mqworkbook.sync.user.UserEvent;
import mqworkbook.workbench.database.CallMoment;
import mqworkbook.workbench.database.DatabaseActor;
import mqworkbook.workbench.judge.ProcessDied;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

/** The inbox on its database; without a broker. */
class InboxProperties {

    /**
     * A copy of an event.
     *
     * @param fate dies before or after a call, or the call fails; nothing if {@code at} is 0
     */
    record Delivery(int event, int at, int fate) {}

    private static OrderStore store;

    @BeforeContainer
    static void open() {
        store = new OrderStore();
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    @Label("each event takes effect once, in whatever process, with whatever failures, however often it comes")
    void once(@ForAll("deliveries") List<Delivery> deliveries) throws Exception {
        List<UserEvent> events = List.of(
                Events.registered("U-" + Store.number(), 1),
                Events.registered("U-" + Store.number(), 1),
                Events.registered("U-" + Store.number(), 1));
        Set<UserEvent> come = new LinkedHashSet<>();
        boolean twice = false;
        boolean harmed = false;
        for (Delivery delivery : deliveries) {
            UserEvent event = events.get(delivery.event());
            twice |= !come.add(event);
            DatabaseActor process = store.process("order service");
            CallMoment moment = switch (delivery.at() == 0 ? -1 : delivery.fate()) {
                case 0 -> CallMoment.dieBefore(process, delivery.at());
                case 1 -> CallMoment.dieAfter(process, delivery.at());
                case 2 -> CallMoment.failBefore(process, delivery.at());
                default -> null;
            };
            try {
                handle(process, event);
            } catch (ProcessDied | java.sql.SQLException e) {
                if (moment == null) {
                    throw e;
                }
            }
            harmed |= moment != null && moment.hasCome();
        }
        for (UserEvent event : come) {
            handle(store.process("order service"), event);
            store.expectChargedOnce(event, "its last copy was handled without a failure");
        }
        Statistics.label("copies")
                .collect(twice)
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 50));
        Statistics.label("harmed")
                .collect(harmed)
                .coverage(coverage -> coverage.check(true).percentage(share -> share > 30));
    }

    private static void handle(DatabaseActor process, UserEvent event) throws java.sql.SQLException {
        new Inbox(process.dataSource()).once(event.eventId(), connection -> Ledger.charge(connection, event));
    }

    @Provide
    Arbitrary<List<Delivery>> deliveries() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 2))
                .as(Delivery::new)
                .list()
                .ofMinSize(2)
                .ofMaxSize(10);
    }
}
