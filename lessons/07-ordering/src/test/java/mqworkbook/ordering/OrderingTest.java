package mqworkbook.ordering;

import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.NeedsBrokers;
import mqworkbook.workbench.judge.Lesson;
import mqworkbook.workbench.judge.Step;
import mqworkbook.workbench.judge.TimeLimit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** The judge of lesson 07. Each step is a file of its own. */
@Lesson(number = "07", title = "Ordered messages: states in sequence")
@NeedsBrokers(BrokerKind.ROCKETMQ)
@TimeLimit(30)
class OrderingTest {

    @Nested
    @Step(value = 1, minutes = 10, write = "OrderQueueSelector#select")
    @DisplayName("Send: the changes of an order are in one queue, numbered, one after the other")
    class Sending extends Step1Send {}

    @Nested
    @Step(value = 2, minutes = 10, write = "OrderConsumer#start")
    @DisplayName("Consume: in order, retried in place, and orders of other queues do not wait")
    class Consuming extends Step2Consume {}

    @Nested
    @Step(value = 3, minutes = 10, write = "OrderTracker#handle")
    @DisplayName("State machine: each change applied once, in its sequence, or parked")
    class Tracking extends Step3Track {}

    @Nested
    @Step(value = 4, minutes = 15, write = "KeyedExecutor#execute")
    @DisplayName("Parallelism: one key in sequence, different keys side by side")
    class Executing extends Step4Parallel {}

    @Nested
    @Step(value = 5, minutes = 15, core = false, write = "SharedOrderService#change")
    @DisplayName("Two producers: whoever decides, and whatever is lost, nothing overtakes")
    class Sharing extends Step5Share {}

    @Nested
    @Step(value = 6, minutes = 10, core = false, write = "PinnedQueueSelector#select")
    @DisplayName("More queues: added in flight, and each order stays where it is")
    class Expanding extends Step6Expand {}

    @Nested
    @NeedsBrokers(BrokerKind.KAFKA)
    @Step(value = 7, minutes = 20, core = false, write = "KafkaOrderPublisher#settings")
    @DisplayName("Kafka: the same guarantees, kept by other things")
    class MovingToKafka extends Step7Kafka {}
}
