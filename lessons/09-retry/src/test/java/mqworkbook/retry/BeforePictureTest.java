package mqworkbook.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import mqworkbook.retry.before.RequeueingConsumer;
import mqworkbook.retry.payment.Payment;
import mqworkbook.retry.payment.PaymentCodec;
import mqworkbook.retry.payment.QueueType;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.NeedsBrokers;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What hurts when failures go back into the queue. These tests pass: they describe the problem. */
@NeedsBrokers(BrokerKind.RABBITMQ)
@ExtendWith(Fixtures.class)
@DisplayName("Before: what fails goes back into the queue")
class BeforePictureTest {

    private static final int MANY = 100;

    @Test
    @DisplayName("a gateway that is down is called a hundred times in a moment, for one payment")
    void hotLoop(RabbitMqFixture rabbit) throws Exception {
        TestHandler handler = new TestHandler(rabbit.history());
        Payment sick = Desk.payment();
        handler.alwaysFailing(sick, Desk::unavailable);
        run(rabbit, handler, sick);
        assertThat(handler.made(sick)).isFalse();
    }

    @Test
    @DisplayName("a declined card is asked for again like a blink of the network, and nothing is ever set aside")
    void declinedCard(RabbitMqFixture rabbit) throws Exception {
        TestHandler handler = new TestHandler(rabbit.history());
        Payment refused = Desk.payment();
        handler.alwaysFailing(refused, Desk::declined);
        run(rabbit, handler, refused);
        assertThat(handler.made(refused)).isFalse();
    }

    private static void run(RabbitMqFixture rabbit, TestHandler handler, Payment payment) throws Exception {
        String queue = rabbit.prefix() + "payments";
        // A quorum queue of RabbitMQ 4.0 to 4.2 drops the payment after 20 attempts, which is no better.
        rabbit.queues().declare(queue, Map.of("x-queue-type", QueueType.CLASSIC.argument()));
        rabbit.queues().publish("", queue, new PaymentCodec().write(payment));
        try (RequeueingConsumer consumer =
                new RequeueingConsumer(rabbit.client("consumer").factory(), queue, handler, Desk.PREFETCH)) {
            Eventually.within(Desk.SOON)
                    .until(MANY + " attempts", () -> handler.count(payment) >= MANY)
                    .orElse(() -> Wrong.that("The loop is not hot: " + handler.count(payment) + " attempts"));
        }
    }
}
