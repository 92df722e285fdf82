package mqworkbook.transactions;

import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.NeedsBrokers;
import mqworkbook.workbench.judge.Lesson;
import mqworkbook.workbench.judge.Step;
import mqworkbook.workbench.judge.TimeLimit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** The judge of lesson 10. Each step is a file of its own. */
@Lesson(number = "10", title = "Transactional messages: both or neither")
@NeedsBrokers(BrokerKind.ROCKETMQ)
@TimeLimit(30)
class TransactionsTest {

    @Nested
    @Step(value = 1, minutes = 12, write = "OrderBook#createTables")
    @DisplayName("Half message: the order is written inside it, in one transaction with its record")
    class Sending extends Step1HalfMessage {}

    @Nested
    @Step(value = 2, minutes = 5, write = "Verdicts#afterFailure")
    @DisplayName("Verdicts: rollback where it is certain, unknown where it is not")
    class Judging extends Step2Verdicts {}

    @Nested
    @Step(value = 3, minutes = 12, write = "CheckBack#verdict")
    @DisplayName("Check-back: whoever dies, and whenever, the message is delivered if the order is there")
    class Checking extends Step3CheckBack {}

    @Nested
    @Step(value = 4, minutes = 10, write = "Reservations#createTables")
    @DisplayName("Consumer: once in effect, in one transaction with the record of it")
    class Consuming extends Step4Consumer {}

    @Nested
    @Step(value = 5, minutes = 8, write = "RefusalPublisher#publish")
    @DisplayName("Compensation: what cannot be shipped is cancelled, and the money goes back once")
    class Compensating extends Step5Compensation {}

    @Nested
    @NeedsBrokers(BrokerKind.KAFKA)
    @Step(value = 6, minutes = 20, core = false, write = "InvoiceProcessor#run")
    @DisplayName("Kafka: read, work and write in one transaction, and read again after an abort")
    class Invoicing extends Step6Kafka {}
}
