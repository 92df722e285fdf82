package mqworkbook.async;

import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.NeedsBrokers;
import mqworkbook.workbench.judge.Lesson;
import mqworkbook.workbench.judge.Step;
import mqworkbook.workbench.judge.TimeLimit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** The judge of lesson 02. Each step is a file of its own. */
@Lesson(number = "02", title = "Asynchronous processing: answer now, work later")
@NeedsBrokers(BrokerKind.KAFKA)
@TimeLimit(30)
class AsyncTest {

    @Nested
    @Step(value = 1, minutes = 8, write = "UploadService#accept")
    @DisplayName("Accept: the answer comes when the log has the job, and not before")
    class Accepting extends Step1Accept {}

    @Nested
    @Step(value = 2, minutes = 15, write = "VideoProcessor#process")
    @DisplayName("Work: committed after the work, one final status, one mail")
    class Working extends Step2Work {}

    @Nested
    @Step(value = 3, minutes = 10, write = "Worker#close")
    @DisplayName("Scale: workers come, go and die, and no video is lost or told twice")
    class Scaling extends Step3Scale {}

    @Nested
    @Step(value = 4, minutes = 12, write = "JobHandler#afterFailure")
    @DisplayName("Isolation: what always fails is set aside, and holds up nothing")
    class Isolating extends Step4Isolation {}

    @Nested
    @Step(value = 5, minutes = 20, core = false, write = "PatientWorker#run")
    @DisplayName("Long work: longer than the poll interval, several at once, in any order")
    class LongWorking extends Step5LongWork {}
}
