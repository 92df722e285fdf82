package mqworkbook.decoupling;

import java.util.List;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Relay;
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

class FailureProperties {

    /** What happens next: an order, or a fault that the next orders meet. */
    enum Move {
        ORDER,
        CUT_PUBLISHER,
        LOSE_PUBLISH,
        LOSE_CONFIRM,
        CUT_INVENTORY,
        LOSE_ACK
    }

    private static RabbitMqFixture rabbit;
    private static Shop shop;
    private static Trade trade;

    @BeforeContainer
    static void open() throws Exception {
        rabbit = RabbitMqFixture.open(Brokers.forRun().require(BrokerKind.RABBITMQ));
        shop = new Shop(rabbit);
        TestSubscriber inventory = shop.subscriber("inventory", "order.*");
        TestSubscriber points = shop.subscriber("points", OrderEvent.PLACED);
        shop.declare(inventory, points);
        shop.run(inventory);
        shop.run(points);
        trade = new Trade(shop, List.of(inventory, points));
        trade.place();
    }

    @AfterContainer
    static void close() {
        rabbit.close();
    }

    @Property(tries = 8, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("every order has its effect once at every subscriber, when all is healed")
    void nothingLostNothingTwice(@ForAll("moves") List<Move> moves) {
        Relay publisher = shop.client("publisher").relay();
        Relay inventory = shop.client("inventory").relay();
        for (Move move : moves) {
            Statistics.label("moves").collect(move);
            switch (move) {
                case ORDER -> trade.place();
                case CUT_PUBLISHER -> publisher.cut();
                case LOSE_PUBLISH ->
                    publisher
                            .on(Direction.TO_BROKER, message -> message.is("basic.publish"))
                            .cutBefore();
                case LOSE_CONFIRM ->
                    publisher
                            .on(Direction.TO_CLIENT, message -> message.is("basic.ack"))
                            .cutBefore();
                case CUT_INVENTORY -> inventory.cut();
                case LOSE_ACK ->
                    inventory
                            .on(Direction.TO_BROKER, message -> message.is("basic.ack"))
                            .cutBefore();
                default -> throw new IllegalStateException(move.toString());
            }
        }
        publisher.heal();
        inventory.heal();
        trade.settle();
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        return Arbitraries.frequency(
                        net.jqwik.api.Tuple.of(6, Move.ORDER),
                        net.jqwik.api.Tuple.of(1, Move.CUT_PUBLISHER),
                        net.jqwik.api.Tuple.of(1, Move.LOSE_PUBLISH),
                        net.jqwik.api.Tuple.of(1, Move.LOSE_CONFIRM),
                        net.jqwik.api.Tuple.of(1, Move.CUT_INVENTORY),
                        net.jqwik.api.Tuple.of(1, Move.LOSE_ACK))
                .list()
                .ofMinSize(3)
                .ofMaxSize(10);
    }
}
