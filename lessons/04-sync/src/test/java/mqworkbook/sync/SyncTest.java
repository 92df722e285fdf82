package mqworkbook.sync;

import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.NeedsBrokers;
import mqworkbook.workbench.judge.Lesson;
import mqworkbook.workbench.judge.Step;
import mqworkbook.workbench.judge.TimeLimit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** The judge of lesson 04. Each step is a file of its own. */
@Lesson(number = "04", title = "Data synchronisation: two services, one truth")
@NeedsBrokers(BrokerKind.ROCKETMQ)
@TimeLimit(30)
class SyncTest {

    /** The database takes a while to load, which is not the first step's. */
    @BeforeAll
    static void loadTheDatabase() {
        new UserStore().users();
    }

    @Nested
    @Step(value = 1, minutes = 10, write = "UserService#write")
    @DisplayName("Outbox: the change and its event, both or neither")
    class Writing extends Step1Outbox {}

    @Nested
    @Step(value = 2, minutes = 12, write = "OutboxRelay#relay")
    @DisplayName("Relay: from the outbox to the broker, in order for each user, however often it dies")
    class Relaying extends Step2Relay {}

    @Nested
    @Step(value = 3, minutes = 12, write = "Inbox#once")
    @DisplayName("Inbox: each event takes effect once, however often it comes")
    class Receiving extends Step3Inbox {}

    @Nested
    @Step(value = 4, minutes = 11, write = "ReplicaTable#put")
    @DisplayName("Versions: nothing that comes late takes anything back")
    class Replicating extends Step4Replica {}

    @Nested
    @Step(value = 5, minutes = 12, core = false, write = "LateJoiner#start")
    @DisplayName("Late joiner: a snapshot and then the stream, without a gap or a step back")
    class Joiner extends Step5Join {}

    @Nested
    @Step(value = 6, minutes = 15, core = false, write = "TransactionalUserService#save")
    @DisplayName("Transactional message: the broker keeps the event back until the change is made")
    class Transacting extends Step6Transactional {}
}
