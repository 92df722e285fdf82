package mqworkbook.delay;

import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.NeedsBrokers;
import mqworkbook.workbench.judge.Lesson;
import mqworkbook.workbench.judge.Step;
import mqworkbook.workbench.judge.TimeLimit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** The judge of lesson 08. Each step is a file of its own. The core needs RabbitMQ and no other broker. */
@Lesson(number = "08", title = "Delayed messages: cancel what was never paid")
@NeedsBrokers(BrokerKind.RABBITMQ)
@TimeLimit(20)
class DelayTest {

    /** The database's classes take a while to load, which is not a step's. */
    @BeforeAll
    static void loadTheDatabase() {
        Database.load();
    }

    @Nested
    @Step(value = 1, minutes = 14, write = "WaitQueues#declare")
    @DisplayName("Wait queue: a timeout waits at the broker, and comes when its time is over")
    class Waiting extends Step1Wait {}

    @Nested
    @Step(value = 2, minutes = 10, write = "OrderBook#pay")
    @DisplayName("Decide by state: of a payment and a timeout at the same moment exactly one wins")
    class Deciding extends Step2Decide {}

    @Nested
    @Step(value = 3, minutes = 13, write = "Buckets#next")
    @DisplayName("Mixed delays: a short wait is not held up by a long one, and none ends early")
    class Mixing extends Step3Mix {}

    @Nested
    @Step(value = 4, minutes = 8, write = "Sweep#sweep")
    @TimeLimit(60)
    @DisplayName("Durability: waits survive a restart, and a lost timer is found")
    class Surviving extends Step4Survive {}

    @Nested
    @Step(value = 5, minutes = 20, core = false, write = "RedisTimeouts#schedule")
    @NeedsBrokers(BrokerKind.REDIS)
    @DisplayName("Redis: a sorted set, claimed in one step, for as long as a lease")
    class PollingRedis extends Step5Redis {}

    @Nested
    @Step(value = 6, minutes = 12, core = false, write = "RocketMqTimeouts#schedule")
    @NeedsBrokers(BrokerKind.ROCKETMQ)
    @TimeLimit(60)
    @DisplayName("RocketMQ: the broker itself has timers")
    class TimingAtRocketMq extends Step6RocketMq {}

    @Nested
    @Step(value = 7, minutes = 15, core = false, write = "DatabaseTimeouts#schedule")
    @DisplayName("Database: no broker at all")
    class PollingDatabase extends Step7Database {}
}
