package mqworkbook.transactions;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import mqworkbook.workbench.judge.Problems;
import mqworkbook.workbench.wire.WireEvent;
import mqworkbook.workbench.wire.WireMessage;

/** What producers have said about their transactions, as it went over the wire. */
final class Endings {

    /**
     * An answer to the broker.
     *
     * @param how {@code COMMIT}, {@code ROLLBACK} or {@code UNKNOWN}
     * @param asked whether the broker had asked
     */
    record Ending(String orderId, String how, boolean asked, String process) {

        private String text() {
            return process + (asked ? ", asked: " : ": ") + how;
        }
    }

    /** Of a process that is killed, and of a database that has to wait: who passes these on has not decided, as it should. */
    private static final List<String> EXPECTED = List.of("ProcessDied", "SQL");

    /** By the transaction's id. */
    private final Map<String, String> orders = new ConcurrentHashMap<>();

    private final Queue<Ending> endings = new ConcurrentLinkedQueue<>();

    /** Whether this is what a producer says of itself about its transaction. */
    static boolean isUnasked(WireMessage message) {
        return message.is("END_TRANSACTION")
                && !message.field("fromTransactionCheck").equals("true");
    }

    void passed(WireEvent.Passage passage) {
        WireMessage message = passage.message();
        if (message.is("SEND_MESSAGE_V2") && message.field("TRAN_MSG").equals("true")) {
            orders.put(message.field("UNIQ_KEY"), message.field("KEYS"));
        } else if (message.is("END_TRANSACTION")) {
            ended(passage.relay(), message);
        }
    }

    private void ended(String process, WireMessage message) {
        String order = orders.getOrDefault(message.field("msgId"), message.field("msgId"));
        endings.add(new Ending(
                order,
                message.field("commitOrRollback"),
                message.field("fromTransactionCheck").equals("true"),
                process));
        // The client takes an exception for UNKNOW, and tells nobody but the broker.
        String remark = message.field("remark");
        if (remark.contains("xception:") && EXPECTED.stream().noneMatch(remark::contains)) {
            Problems.report(
                    "The listener of " + process + " has thrown, at work on " + order,
                    new IllegalStateException(remark));
        }
    }

    List<Ending> of(String orderId) {
        return endings.stream()
                .filter(ending -> ending.orderId().equals(orderId))
                .toList();
    }

    /** Whether the broker has been told this. */
    boolean has(String orderId, String how) {
        return of(orderId).stream().anyMatch(ending -> ending.how().equals(how));
    }

    long asked(String orderId) {
        return of(orderId).stream().filter(Ending::asked).count();
    }

    String describe(String orderId) {
        return "the broker was told: "
                + (of(orderId).isEmpty()
                        ? "nothing"
                        : of(orderId).stream().map(Ending::text).collect(Collectors.joining(", ")));
    }
}
