package mqworkbook.decoupling;

import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.NeedsBrokers;
import mqworkbook.workbench.judge.Lesson;
import mqworkbook.workbench.judge.Step;
import mqworkbook.workbench.judge.TimeLimit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** The judge of lesson 01. Each step is a file of its own. */
@Lesson(number = "01", title = "Decoupling: one order, many listeners")
@NeedsBrokers(BrokerKind.RABBITMQ)
class DecouplingTest {

    @Nested
    @Step(value = 1, minutes = 5, write = "EventCodec#write")
    @DisplayName("The event contract: readers ignore fields that they do not know")
    class TheEventContract extends Step1EventContract {}

    @Nested
    @Step(value = 2, minutes = 8, write = "Topology#declareSubscriber")
    @DisplayName("Topology: each subscriber has a durable queue of its own")
    class TheTopology extends Step2Topology {}

    @Nested
    @Step(value = 3, minutes = 15, write = "OrderPublisher#publish")
    @DisplayName("Publish: an event is in its queues, or the caller knows that it is not")
    class Publishing extends Step3Publish {}

    @Nested
    @Step(value = 4, minutes = 12, write = "SubscriberRunner#start")
    @DisplayName("Consume: acknowledged after the work, once in effect, poison set aside")
    class Consuming extends Step4Consume {}

    @Nested
    @Step(value = 5, minutes = 5, write = "Subscribers#join")
    @DisplayName("Open and closed: a fifth subscriber joins, and the publisher does not notice")
    class Joining extends Step5Join {}

    @Nested
    @Step(value = 6, minutes = 10, core = false, write = "OrderService#resendUnpublished")
    @TimeLimit(30)
    @DisplayName("Failure: cuts, crashes and restarts lose no event")
    class Failing extends Step6Failure {}
}
