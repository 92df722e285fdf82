package mqworkbook.retry;

import com.rabbitmq.client.GetResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mqworkbook.retry.payment.Failure;
import mqworkbook.retry.payment.Payment;
import mqworkbook.retry.payment.QueueType;
import mqworkbook.retry.payment.RetryHeaders;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
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

class RetryProperties {

    private static final int MAX_ATTEMPTS = 3;

    /** What must become of a payment. */
    record End(int attempts, Failure given) {

        static End of(List<Failure> script) {
            for (int attempt = 1; ; attempt++) {
                if (attempt > script.size()) {
                    return new End(attempt, null);
                }
                Failure failure = script.get(attempt - 1);
                if (failure == Failure.PERMANENT || attempt == MAX_ATTEMPTS) {
                    return new End(attempt, failure);
                }
            }
        }
    }

    private static RabbitMqFixture rabbit;
    private static final List<Desk> DESKS = new ArrayList<>();

    @BeforeContainer
    static void open() throws Exception {
        rabbit = RabbitMqFixture.open(Brokers.forRun().require(BrokerKind.RABBITMQ));
        DESKS.clear();
        for (QueueType type : QueueType.values()) {
            Desk desk = new Desk(rabbit, type, Desk.policy(MAX_ATTEMPTS, 20, 2)).declareAll();
            desk.consume("first");
            desk.consume("second");
            DESKS.add(desk);
        }
    }

    @AfterContainer
    static void close() {
        rabbit.close();
    }

    @Property(tries = 12, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("attempts, rests and final place of each payment are those of the rule, on both types of queue")
    void rule(@ForAll("scripts") List<List<Failure>> scripts) {
        // The payments of both desks rest at the same time.
        Map<Desk, Map<Payment, End>> all = new LinkedHashMap<>();
        for (Desk desk : DESKS) {
            Map<Payment, End> expected = new LinkedHashMap<>();
            for (List<Failure> script : scripts) {
                Payment payment = Desk.payment();
                End end = End.of(script);
                expected.put(payment, end);
                Statistics.label("end")
                        .collect(
                                end.given() == null ? end.attempts() > 1 ? "made later" : "made at once" : end.given());
                desk.handler.failing(
                        payment, script.stream().map(RetryProperties::thrown).toArray(Exception[]::new));
                desk.publish(payment);
            }
            all.put(desk, expected);
        }
        all.forEach(RetryProperties::expect);
    }

    private static void expect(Desk desk, Map<Payment, End> expected) {
        DeadLetters letters = new DeadLetters(desk);
        List<Payment> open = new ArrayList<>(expected.keySet());
        Eventually.within(Desk.SOON)
                .until("each payment is made or set aside", () -> {
                    letters.all();
                    open.removeIf(payment ->
                            desk.handler.made(payment) || !letters.of(payment).isEmpty());
                    return open.isEmpty();
                })
                .orElse(() -> Wrong.that("A payment is neither made nor set aside")
                        .seen(desk.whereabouts(open.get(0)))
                        .means("It is lost, or it goes round for ever."));
        letters.all();
        expected.forEach((payment, end) -> {
            List<GetResponse> found = letters.of(payment);
            String seen = payment.paymentId() + ": " + desk.handler.count(payment) + " attempts, "
                    + (desk.handler.made(payment) ? "made" : "not made") + ", " + found.size()
                    + " dead letters; by the rule "
                    + end.attempts() + " attempts, and then "
                    + (end.given() == null ? "made" : "set aside as " + end.given());
            boolean asRuled = desk.handler.count(payment) == end.attempts()
                    && desk.handler.made(payment) == (end.given() == null)
                    && found.size() == (end.given() == null ? 0 : 1);
            if (!asRuled) {
                throw Wrong.that("A payment does not end as the rule says").seen(seen);
            }
            desk.expectRests(payment);
            for (GetResponse letter : found) {
                DeadLetters.expectHeader(letter, RetryHeaders.ATTEMPTS, String.valueOf(end.attempts()));
                DeadLetters.expectHeader(
                        letter, RetryHeaders.FAILURE, end.given().name());
            }
        });
    }

    private static Exception thrown(Failure failure) {
        return switch (failure) {
            case TEMPORARY -> Desk.unavailable();
            case PERMANENT -> Desk.declined();
            case UNKNOWN -> Desk.bug();
        };
    }

    @Provide
    Arbitrary<List<List<Failure>>> scripts() {
        Arbitrary<Failure> failures = Arbitraries.of(
                Failure.TEMPORARY, Failure.TEMPORARY, Failure.TEMPORARY, Failure.UNKNOWN, Failure.PERMANENT);
        return failures.list().ofMaxSize(4).list().ofMinSize(2).ofMaxSize(6);
    }
}
