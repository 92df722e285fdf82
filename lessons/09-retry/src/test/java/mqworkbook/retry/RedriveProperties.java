package mqworkbook.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import mqworkbook.retry.payment.Payment;
import mqworkbook.retry.payment.QueueType;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Relay;
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

class RedriveProperties {

    /** What happens to the redrive, and when. */
    enum Fault {
        NONE,
        PUBLISH_LOST,
        CUT_BEFORE_PUBLISH,
        CUT_BEFORE_CONFIRM,
        CUT_BEFORE_ACK
    }

    /** Letters, of which some were written by other programs; a limit; and a fault at the n-th message. */
    record Case(List<Boolean> bare, int atMost, Fault fault, int nth) {}

    private static RabbitMqFixture rabbit;
    private static final List<Desk> DESKS = new ArrayList<>();

    @BeforeContainer
    static void open() throws Exception {
        rabbit = RabbitMqFixture.open(Brokers.forRun().require(BrokerKind.RABBITMQ));
        DESKS.clear();
        for (QueueType type : QueueType.values()) {
            DESKS.add(new Desk(rabbit, type, Desk.policy(30, 1)).declareAll());
        }
    }

    @AfterContainer
    static void close() {
        rabbit.close();
    }

    @Property(tries = 14, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("each letter is in one of the two queues at least, and in exactly one when nothing breaks")
    void conserved(@ForAll("cases") Case one) throws Exception {
        Statistics.label("fault").collect(one.fault());
        Calls.sideBySide(DESKS, desk -> redrive(desk, one));
    }

    private static void redrive(Desk desk, Case one) throws Exception {
        Letters letters = new Letters(desk, Duration.ofMillis(one.fault() == Fault.PUBLISH_LOST ? 150 : 3_000));
        List<Payment> payments = Desk.payments(one.bare().size());
        for (int i = 0; i < payments.size(); i++) {
            if (one.bare().get(i)) {
                letters.writeBare(payments.get(i));
            } else {
                letters.write(payments.get(i));
            }
        }
        arm(desk.client(Letters.REDRIVE).relay(), one);
        boolean trouble = letters.redriveReportsTrouble(one.atMost(), payments.size());
        desk.client(Letters.REDRIVE).relay().heal();
        if (one.fault() == Fault.NONE) {
            expectExact(desk, one, trouble);
        }
        letters.expectNoneLost(payments, one.toString());
    }

    private static void arm(Relay relay, Case one) {
        switch (one.fault()) {
            case PUBLISH_LOST ->
                relay.on(Direction.TO_BROKER, message -> message.is("basic.publish"))
                        .nth(one.nth())
                        .drop();
            case CUT_BEFORE_PUBLISH ->
                relay.on(Direction.TO_BROKER, message -> message.is("basic.publish"))
                        .nth(one.nth())
                        .cutBefore();
            case CUT_BEFORE_CONFIRM ->
                relay.on(Direction.TO_CLIENT, message -> message.is("basic.ack"))
                        .nth(one.nth())
                        .cutBefore();
            case CUT_BEFORE_ACK ->
                relay.on(Direction.TO_BROKER, message -> message.is("basic.ack"))
                        .nth(one.nth())
                        .cutBefore();
            default -> {
                // Nothing breaks.
            }
        }
    }

    private static void expectExact(Desk desk, Case one, boolean trouble) {
        int letters = one.bare().size();
        long moved = Math.min(one.atMost(), letters);
        long back = desk.queues().depth(desk.names.queue());
        long dead = desk.dead();
        if (trouble || back != moved || dead != letters - moved) {
            throw Wrong.that("redrive() moves another number of dead letters than was asked for")
                    .seen(letters + " letters, redrive(" + one.atMost() + "): " + back
                            + " are back in the queue of payments, " + dead + " are still dead letters");
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        return Combinators.combine(
                        Arbitraries.of(true, false).list().ofMinSize(1).ofMaxSize(6),
                        Arbitraries.integers().between(1, 8),
                        Arbitraries.of(Fault.values()),
                        Arbitraries.integers().between(1, 3))
                .as(Case::new);
    }
}
