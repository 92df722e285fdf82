package mqworkbook.retry;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import mqworkbook.retry.payment.Failure;
import mqworkbook.retry.payment.GatewayException;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.Wrong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

abstract class Step1Classify {

    @Test
    @Order(1)
    @DisplayName("a gateway that is down or busy is a temporary failure")
    void temporary() {
        expectAll(Failure.TEMPORARY);
    }

    @Test
    @Order(2)
    @DisplayName("a payment that was refused is a permanent failure")
    void permanent() {
        expectAll(Failure.PERMANENT);
    }

    @Test
    @Order(3)
    @DisplayName("what the table does not know is neither the one nor the other")
    void unknown() {
        expectAll(Failure.UNKNOWN);
    }

    @Test
    @Order(4)
    @DisplayName("the cause decides, and not what it comes wrapped in")
    void wrapped() {
        for (Failures.Known known : Failures.all()) {
            Classified.expect(Failures.wrapped(known.thrown(), 2), known.failure());
        }
    }

    @Test
    @Order(5)
    @DisplayName("of two causes that the table knows, the outer one decides")
    void outermost() {
        Throwable declined = new GatewayException(402, "card declined");
        declined.initCause(new java.net.SocketException("connection reset while reading the answer"));
        Classified.expect(declined, Failure.PERMANENT);
        Throwable away = new java.net.SocketException("connection reset");
        away.initCause(new GatewayException(402, "an older answer"));
        Classified.expect(new IllegalStateException("payment service", away), Failure.TEMPORARY);
    }

    @Test
    @Order(6)
    @DisplayName("causes that go round in a circle are classified, too")
    void circular() throws Exception {
        Exception outer = new Exception("outer");
        Exception inner = new Exception("inner", outer);
        outer.initCause(inner);
        CompletableFuture<Void> classified = Beside.run(() -> {
            Classified.expect(outer, Failure.UNKNOWN);
            return null;
        });
        Beside.result(
                classified,
                Duration.ofSeconds(3),
                () -> Wrong.that("A failure whose causes go round in a circle is never classified")
                        .seen("classify() of \"outer\", caused by \"inner\", caused by \"outer\" still runs after 3 s")
                        .means("One such exception, and the consumer's thread spins until the next deploy."));
    }

    @TestFactory
    @Order(7)
    @DisplayName("for any failure")
    Stream<DynamicTest> properties() {
        return StepProperties.of(ClassifierProperties.class);
    }

    private static void expectAll(Failure failure) {
        List<Failures.Known> all = Failures.all();
        all.stream()
                .filter(known -> known.failure() == failure)
                .forEach(known -> Classified.expect(known.thrown(), failure));
    }
}
