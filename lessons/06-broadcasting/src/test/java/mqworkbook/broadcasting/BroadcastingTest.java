package mqworkbook.broadcasting;

import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.brokers.NeedsBrokers;
import mqworkbook.workbench.judge.Lesson;
import mqworkbook.workbench.judge.Step;
import mqworkbook.workbench.redis.RedisFixture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** The judge of lesson 06. Each step is a file of its own. */
@Lesson(number = "06", title = "Broadcasting: every node hears the change")
@NeedsBrokers(BrokerKind.REDIS)
class BroadcastingTest {

    @BeforeAll
    static void loadTheClient() {
        RedisFixture.loadClient(Brokers.forRun().require(BrokerKind.REDIS));
    }

    @Nested
    @Step(value = 1, minutes = 12, write = "SettingsStore#put")
    @DisplayName("Change: stored, numbered and published in one atomic step, once")
    class Changing extends Step1Change {}

    @Nested
    @Step(value = 2, minutes = 8, write = "LocalSettings#apply")
    @DisplayName("Listen: every node applies what it hears, and never goes back")
    class Listening extends Step2Listen {}

    @Nested
    @Step(value = 3, minutes = 7, write = "ConfigNode#join")
    @DisplayName("Join: who comes late holds everything, and misses nothing")
    class Joining extends Step3Join {}

    @Nested
    @Step(value = 4, minutes = 12, write = "ConfigNode#resync")
    @DisplayName("Re-sync: what was missed is fetched, though nobody publishes it again")
    class Resyncing extends Step4Resync {}

    @Nested
    @Step(value = 5, minutes = 6, write = "Listeners#add")
    @DisplayName("Harm: no message and no listener silences the node")
    class Surviving extends Step5Harm {}

    @Nested
    @Step(value = 6, minutes = 5, core = false, write = "ConfigNode#reconcile")
    @DisplayName("Silence: what no event announces is found all the same")
    class Reconciling extends Step6Silence {}

    @Nested
    @Step(value = 7, minutes = 20, core = false, write = "StreamNode#start")
    @DisplayName("A log in place of a call: the same guarantee with a Redis Stream")
    class Streaming extends Step7Stream {}
}
