package mqworkbook.retry;

import java.util.List;
import java.util.stream.Stream;
import mqworkbook.retry.payment.GatewayException;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.Todo;
import mqworkbook.workbench.judge.Wrong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

abstract class Step2Immediate {

    @Test
    @Order(1)
    @DisplayName("what succeeds is run once, and its result is handed on")
    void succeeds() throws Exception {
        Tries tries = new Tries(List.of());
        String receipt = new ImmediateRetry(new FailureClassifier(), 3).run(tries);
        tries.expect(1, 3);
        if (!Tries.RECEIPT.equals(receipt)) {
            throw Wrong.that("The result of a charge that succeeded is lost")
                    .seen("the gateway answered " + Tries.RECEIPT + ", and run() returned " + receipt);
        }
    }

    @Test
    @Order(2)
    @DisplayName("a dropped connection is mended by a second try")
    void mended() throws Exception {
        Tries tries = new Tries(List.of(new java.net.SocketException("connection reset")));
        tries.run(3);
        tries.expect(2, 3);
    }

    @Test
    @Order(3)
    @DisplayName("after the last try the failure is thrown, as it is")
    void bounded() throws Exception {
        List<Exception> failures = Stream.iterate(1, i -> i + 1)
                .limit(10)
                .map(i -> (Exception) new GatewayException(503, "unavailable, answer " + i))
                .toList();
        Tries tries = new Tries(failures);
        Exception thrown = tries.run(3);
        tries.expect(3, 3);
        tries.expectThrown(failures.get(2), thrown);
    }

    @Test
    @Order(4)
    @DisplayName("a declined card is not charged a second time")
    void permanent() throws Exception {
        Exception declined = new GatewayException(402, "card declined");
        Tries tries = new Tries(List.of(declined));
        Exception thrown = tries.run(5);
        tries.expect(1, 5);
        tries.expectThrown(declined, thrown);
    }

    @Test
    @Order(5)
    @DisplayName("what nobody understands is not repeated at once")
    void unknown() throws Exception {
        Exception bug = new IllegalStateException("no such column");
        Tries tries = new Tries(List.of(bug));
        Exception thrown = tries.run(5);
        tries.expect(1, 5);
        tries.expectThrown(bug, thrown);
    }

    @Test
    @Order(6)
    @DisplayName("a limit of one means no second try")
    void one() throws Exception {
        Tries tries = new Tries(List.of(new GatewayException(503, "unavailable")));
        tries.run(1);
        tries.expect(1, 1);
    }

    @Test
    @Order(7)
    @DisplayName("one instance serves many payments")
    void reused() throws Exception {
        ImmediateRetry retry = new ImmediateRetry(new FailureClassifier(), 2);
        for (int payment = 0; payment < 3; payment++) {
            Tries tries = new Tries(List.of(new GatewayException(503, "unavailable")));
            try {
                retry.run(tries);
            } catch (Todo todo) {
                throw todo;
            } catch (Exception e) {
                throw Wrong.that("The tries of one payment are counted against the next")
                        .seen("payment " + (payment + 1) + " of 3 failed after " + tries.count() + " of 2 tries: " + e)
                        .means("After the first failures of the day nothing is tried twice any more.")
                        .suspect("a count in a field");
            }
            tries.expect(2, 2);
        }
    }

    @TestFactory
    @Order(8)
    @DisplayName("for any failures")
    Stream<DynamicTest> properties() {
        return StepProperties.of(ImmediateRetryProperties.class);
    }
}
