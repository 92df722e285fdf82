package mqworkbook.ordering;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import mqworkbook.ordering.shop.IllegalChangeException;
import mqworkbook.ordering.shop.NotSentException;
import mqworkbook.ordering.shop.OrderState;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.wire.Direction;
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

class ShareProperties {

    /** What is lost on the way of a change. */
    enum Loss {
        NOTHING,
        MESSAGE,
        ANSWER
    }

    /** One node's attempt at a change of the order, while the other node is at the next move. */
    record Move(int node, OrderState state, Loss loss) {}

    private static Shop shop;

    @BeforeContainer
    static void open() {
        shop = Shop.open();
    }

    @AfterContainer
    static void close() {
        shop.closeAll();
    }

    @Property(tries = 8, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("the first of each number are in sequence, and nothing is left unsent")
    void inSequence(@ForAll("moves") List<Move> moves) throws Exception {
        TestOrderStore store = new TestOrderStore();
        String orderId = Shop.newId();
        List<SharedOrderService> nodes = List.of(
                new SharedOrderService(store, shop.publisher("node 0")),
                new SharedOrderService(store, shop.publisher("node 1")));
        nodes.get(0).change(orderId, OrderState.PLACED);
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int node = 0; node < nodes.size(); node++) {
            int number = node;
            running.add(Beside.run(() -> {
                for (Move move : moves) {
                    if (move.node() == number) {
                        make(move, nodes.get(number), orderId);
                    }
                }
                return null;
            }));
        }
        for (CompletableFuture<Void> each : running) {
            Beside.result(each, Shop.SOON, () -> Wrong.that("Two nodes that change one order come to no end"));
        }
        moves.forEach(move -> Statistics.label("lost").collect(move.loss()));
        nodes.get(0).deliver(orderId);
        Log.expect(shop, store.history(orderId));
        if (!store.unsent(orderId).isEmpty()) {
            throw Wrong.that("A change stays unsent, although the way is free again")
                    .seen(store.unsent(orderId).toString());
        }
    }

    private static void make(Move move, SharedOrderService node, String orderId) {
        String name = "node " + move.node();
        if (move.loss() != Loss.NOTHING) {
            shop.wire(name)
                    .on(
                            move.loss() == Loss.MESSAGE ? Direction.TO_BROKER : Direction.TO_CLIENT,
                            message -> message.is(Step5Share.SEND))
                    .cutBefore();
        }
        try {
            Step5Share.change(node, orderId, move.state());
        } catch (IllegalChangeException | NotSentException expected) {
            // The order has moved on, or the change stays unsent.
        } finally {
            if (move.loss() != Loss.NOTHING) {
                shop.wire(name).heal();
            }
        }
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        Arbitrary<Loss> losses =
                Arbitraries.frequency(Tuple.of(3, Loss.NOTHING), Tuple.of(1, Loss.MESSAGE), Tuple.of(1, Loss.ANSWER));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.of(OrderState.PAID, OrderState.SHIPPED, OrderState.DELIVERED, OrderState.CANCELLED),
                        losses)
                .as(Move::new)
                .list()
                .ofMinSize(4)
                .ofMaxSize(9);
    }
}
