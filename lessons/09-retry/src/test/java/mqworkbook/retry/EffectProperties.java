package mqworkbook.retry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mqworkbook.retry.TestGateway.Answer;
import mqworkbook.retry.payment.Payment;
import mqworkbook.retry.payment.QueueType;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
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

class EffectProperties {

    /** One payment: what the gateway answers, how often it is published, and whether an ack is lost on the way. */
    record Case(List<Answer> answers, int copies, boolean ackLost) {}

    private static RabbitMqFixture rabbit;
    private static final List<Till> TILLS = new ArrayList<>();

    @BeforeContainer
    static void open() throws Exception {
        rabbit = RabbitMqFixture.open(Brokers.forRun().require(BrokerKind.RABBITMQ));
        TILLS.clear();
        for (QueueType type : QueueType.values()) {
            Till till = new Till(new Desk(rabbit, type, Desk.policy(3, 20, 2)).declareAll());
            till.consume("first");
            till.consume("second");
            TILLS.add(till);
        }
    }

    @AfterContainer
    static void close() {
        rabbit.close();
    }

    @Property(tries = 8, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("each payment is made once or set aside, on both types of queue")
    void once(@ForAll("cases") List<Case> cases) {
        // The payments of both tills rest at the same time.
        Map<Till, Map<Payment, Case>> all = new LinkedHashMap<>();
        for (Till till : TILLS) {
            Map<Payment, Case> expected = new LinkedHashMap<>();
            for (Case one : cases) {
                Statistics.label("hard cases")
                        .collect(
                                one.copies() > 1 ? "copies" : "one copy",
                                one.ackLost() ? "ack lost" : "acks arrive",
                                one.answers().contains(Answer.LOST) ? "answer lost" : "answers arrive");
                Payment payment = Desk.payment();
                expected.put(payment, one);
                till.gateway.answering(payment, one.answers().toArray(Answer[]::new));
                if (one.ackLost()) {
                    till.desk
                            .client("first")
                            .relay()
                            .on(Direction.TO_BROKER, message -> message.is("basic.ack"))
                            .cutBefore();
                }
                for (int copy = 0; copy < one.copies(); copy++) {
                    till.desk.publish(payment);
                }
            }
            all.put(till, expected);
        }
        all.forEach(EffectProperties::expect);
    }

    private static void expect(Till till, Map<Payment, Case> expected) {
        DeadLetters letters = new DeadLetters(till.desk);
        List<Payment> open = new ArrayList<>(expected.keySet());
        Eventually.within(Desk.SOON.multipliedBy(2))
                .until("each payment is made or set aside", () -> {
                    letters.all();
                    open.removeIf(payment ->
                            till.ledger.holds(payment) || !letters.of(payment).isEmpty());
                    return open.isEmpty();
                })
                .orElse(() -> Wrong.that("A payment is neither made nor set aside")
                        .seen(till.whereabouts(open.get(0)) + "; " + expected.get(open.get(0)))
                        .means("It is lost, or it goes round for ever."));
        expected.forEach((payment, one) -> {
            till.expectOneCharge(payment, one.toString(), "a key that is not the payment's own");
            boolean mustBePaid = one.answers().stream().noneMatch(answer -> answer == Answer.DECLINED);
            if (mustBePaid && !till.ledger.holds(payment)) {
                throw Wrong.that("A payment was set aside that further attempts would have made")
                        .seen(till.whereabouts(payment) + "; " + one);
            }
        });
    }

    @Provide
    Arbitrary<List<Case>> cases() {
        // At most two failures, of which none is declined, so that three attempts are enough.
        Arbitrary<List<Answer>> passing =
                Arbitraries.of(Answer.DOWN, Answer.BUG, Answer.LOST).list().ofMaxSize(2);
        Arbitrary<List<Answer>> declined = Arbitraries.just(List.of(Answer.DECLINED));
        Arbitrary<List<Answer>> answers = Arbitraries.frequencyOf(Tuple.of(5, passing), Tuple.of(1, declined));
        return Combinators.combine(
                        answers,
                        Arbitraries.frequency(Tuple.of(3, 1), Tuple.of(1, 2)),
                        Arbitraries.frequency(Tuple.of(4, false), Tuple.of(1, true)))
                .as(Case::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5);
    }
}
