package mqworkbook.peakshaving;

import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.brokers.NeedsBrokers;
import mqworkbook.workbench.judge.Lesson;
import mqworkbook.workbench.judge.Step;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.redis.RedisFixture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** The judge of lesson 03. Each step is a file of its own. */
@Lesson(number = "03", title = "Peak shaving: the flash sale")
@NeedsBrokers({BrokerKind.REDIS, BrokerKind.RABBITMQ})
@TimeLimit(20)
class PeakShavingTest {

    @BeforeAll
    static void loadTheClient() {
        RedisFixture.loadClient(Brokers.forRun().require(BrokerKind.REDIS));
    }

    @Nested
    @Step(value = 1, minutes = 12, write = "Admission#reserve")
    @DisplayName("Admission: one atomic step decides who gets units, and nothing leaks")
    class Admitting extends Step1Admission {}

    @Nested
    @Step(value = 2, minutes = 7, write = "TokenBucket#tryAcquire")
    @DisplayName("Gate: what is too much is turned away before it costs anything")
    class Gating extends Step2Gate {}

    @Nested
    @Step(value = 3, minutes = 14, write = "OrderQueue#declare")
    @DisplayName("Buffer: a win is in the queue, or given back once; a doubtful one is neither lost nor doubled")
    class Buffering extends Step3Buffer {}

    @Nested
    @Step(value = 4, minutes = 12, write = "OrderBook#place")
    @DisplayName("Drain: one order for each win, at the pace that the database can bear")
    class Draining extends Step4Drain {}

    @Nested
    @Step(value = 5, minutes = 20, core = false, write = "Auditor#reconcile")
    @DisplayName("Audit: every unit is accounted for, whatever has crashed")
    class Auditing extends Step5Audit {}
}
