package mqworkbook.transactions;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.judge.TimeLimit;
import mqworkbook.workbench.judge.Todo;
import mqworkbook.workbench.judge.Wrong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

abstract class Step6Kafka {

    private static Accounting accounting;

    @BeforeAll
    static void open() {
        accounting = Accounting.open();
    }

    @AfterEach
    void closeClerks() {
        accounting.closeClerks();
        accounting.evict();
    }

    @AfterAll
    static void close() {
        accounting.close();
    }

    @Test
    @Order(1)
    @Tag("live")
    @DisplayName("each order gets an invoice, and after a restart none a second time")
    void invoiced() {
        var orders = accounting.orders(3);
        Clerk first = accounting.clerk("clerk", "1").start();
        expectInvoiced(first, orders, "they were there before it began");
        first.expectEnds();
        var more = accounting.orders(2);
        Clerk second = accounting.clerk("clerk, restarted", "1").start();
        expectInvoiced(second, more, "they came while it was restarted");
        expectInvoiced(second, orders, "they had their invoices before the restart");
        second.expectEnds();
    }

    @Test
    @Order(2)
    @Tag("live")
    @DisplayName("an order whose own transaction was aborted is none")
    void abortedOrder() {
        var aborted = accounting.abortedOrder();
        var orders = accounting.orders(2);
        Clerk clerk = accounting.clerk("clerk", "1").start();
        expectInvoiced(clerk, orders, "they came after an order that was aborted");
        accounting.expectNone(aborted, "it was written in a transaction that was aborted");
        clerk.expectEnds();
    }

    @Test
    @Order(3)
    @Tag("live")
    @Tag("fault")
    @DisplayName("after an abort the same orders are read again")
    void aborted() {
        var orders = accounting.orders(3);
        Clerk clerk = accounting.clerk("clerk", "1").failing(orders.get(1)).start();
        expectInvoiced(clerk, orders, "the work on " + orders.get(1).orderId() + " has failed once");
        clerk.expectEnds();
    }

    @Test
    @Order(4)
    @Tag("live")
    @Tag("fault")
    @DisplayName("what is not committed, or was aborted, is shown to nobody")
    void readCommitted() {
        List<String> seen = new ArrayList<>();
        try (Ledger other = accounting.ledger();
                InvoiceReader reader = new InvoiceReader(accounting.settings("reader"), accounting.names())) {
            String open = other.write();
            Eventually.never(
                    "nothing of an open transaction is read",
                    Duration.ofMillis(400),
                    () -> {
                        seen.addAll(reader.next(Duration.ofMillis(50)));
                        return seen.contains(open);
                    },
                    () -> Wrong.that("An invoice is read whose transaction is not committed")
                            .seen(open + ": its transaction is under way")
                            .means(
                                    "The transaction is aborted, the invoice is written again, and the customer gets two.")
                            .suspect("isolation.level, which is read_uncommitted by default"));
            other.abort();
            String committed = other.write();
            other.commit();
            Eventually.within(Accounting.SOON)
                    .until("it is committed, and read", () -> {
                        seen.addAll(reader.next(Duration.ofMillis(50)));
                        return seen.contains(committed);
                    })
                    .orElse(() -> Wrong.that("An invoice that was committed is not read")
                            .seen(committed + "; read: " + seen));
            if (seen.contains(open)) {
                throw Wrong.that("An invoice is read whose transaction was aborted")
                        .seen(open);
            }
        }
    }

    @Test
    @Order(5)
    @Tag("live")
    @Tag("fault")
    @DisplayName("a process that was taken for dead is shut out, and ends")
    void zombie() {
        var orders = accounting.orders(2);
        Clerk zombie = accounting.clerk("clerk", "1").waiting(orders.get(1)).start();
        zombie.expectWaiting(orders.get(1));
        accounting.evict();
        Clerk successor = accounting.clerk("clerk, again", "1").start();
        expectInvoiced(successor, orders, "a process stood still in the middle, and another one took its place");
        zombie.release();
        Eventually.within(Accounting.SOON)
                .until("the zombie ends", zombie::isDone)
                .orElse(() -> Wrong.that("A process whose place was taken goes on, and nobody is told")
                        .seen("two processes have the instance 1; the first stood still at work on "
                                + orders.get(1).text() + ", the second has written its invoice; then the first woke up")
                        .means("Two processes work under one name, and one of them for nothing, for ever.")
                        .suspect("ProducerFencedException caught with all others, or a transactional.id that is not the"
                                + " instance's"));
        if (zombie.end() == null) {
            throw Wrong.that("A process whose place was taken ends as if all were well")
                    .seen("run() has returned; two processes have the instance 1")
                    .means("Nobody restarts it, and nobody looks why it has ended.")
                    .suspect("ProducerFencedException caught and forgotten");
        }
        if (zombie.end() instanceof Todo todo) {
            throw todo;
        }
        expectInvoiced(successor, orders, "a process stood still, another one took its place, then the first woke up");
        successor.expectEnds();
    }

    @Test
    @Order(6)
    @Tag("live")
    @Tag("fault")
    @DisplayName("a process whose orders were given to another one writes nothing more about them")
    void tooSlow() {
        var orders = accounting.orders(2);
        Clerk slow = accounting.clerk("clerk", "1").waiting(orders.get(1)).start();
        slow.expectWaiting(orders.get(1));
        accounting.evict();
        Clerk other = accounting.clerk("other clerk", "2").start();
        // Its invoices are to be seen only when the slow one's transaction has come to an end, too.
        accounting.expectRead(orders, "process 1 stood still in the middle, and process 2 was given its orders", other);
        slow.release();
        expectInvoiced(other, orders, "process 1 stood still, process 2 was given its orders, then process 1 woke up");
        other.expectEnds();
        slow.expectEnds();
    }

    @TestFactory
    @Order(7)
    @Tag("live")
    @Tag("fault")
    @TimeLimit(60)
    @DisplayName("for any failures and deaths")
    Stream<DynamicTest> properties() {
        return StepProperties.of(InvoiceProperties.class);
    }

    private static void expectInvoiced(Clerk clerk, List<mqworkbook.transactions.shop.Order> orders, String what) {
        accounting.expectInvoiced(orders, what, clerk);
    }
}
