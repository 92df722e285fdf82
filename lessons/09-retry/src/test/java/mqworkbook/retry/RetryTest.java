package mqworkbook.retry;

import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.NeedsBrokers;
import mqworkbook.workbench.judge.Lesson;
import mqworkbook.workbench.judge.Step;
import mqworkbook.workbench.judge.TimeLimit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** The judge of lesson 09. Each step is a file of its own. */
@Lesson(number = "09", title = "Retry: temporary, permanent, poison")
@NeedsBrokers(BrokerKind.RABBITMQ)
class RetryTest {

    @Nested
    @Step(value = 1, minutes = 4, write = "FailureClassifier#classify")
    @DisplayName("Classify: a failure is temporary, permanent or unknown")
    class Classifying extends Step1Classify {}

    @Nested
    @Step(value = 2, minutes = 4, write = "ImmediateRetry#run")
    @DisplayName("Immediate retry: bounded, and only where it can help")
    class RetryingAtOnce extends Step2Immediate {}

    @Nested
    @Step(value = 3, minutes = 25, write = "PaymentConsumer#start")
    @DisplayName("Delayed retry: a sick payment rests outside of the queue, and is never lost")
    class RetryingLater extends Step3Delayed {}

    @Nested
    @Step(value = 4, minutes = 7, write = "FailedPayments#setAside")
    @DisplayName("Dead letters: what is given up is set aside, with all that people must know")
    class SettingAside extends Step4DeadLetter {}

    @Nested
    @Step(value = 5, minutes = 5, write = "PaymentProcessor#handle")
    @DisplayName("Idempotency: the message may come again, the charge may not")
    class ChargingOnce extends Step5Idempotent {}

    @Nested
    @Step(value = 6, minutes = 25, core = false, write = "CircuitBreaker#state")
    @TimeLimit(30)
    @DisplayName("Outage: while the gateway is down for everyone, payments wait")
    class Pausing extends Step6Outage {}

    @Nested
    @Step(value = 7, minutes = 10, core = false, write = "Redrive#redrive")
    @DisplayName("Redrive: dead letters get another chance, and none is lost")
    class Redriving extends Step7Redrive {}
}
