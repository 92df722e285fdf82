package mqworkbook.transactions;

import java.util.Map;
import mqworkbook.transactions.invoice.InvoiceNames;
import mqworkbook.transactions.invoice.Invoicer;
import mqworkbook.workbench.judge.Todo;

/** Reads orders and writes invoices, each exactly once, as long as both are in Kafka. */
public final class InvoiceProcessor implements AutoCloseable {

    private final Map<String, Object> settings;
    private final InvoiceNames names;
    private final String instance;
    private final Invoicer invoicer;

    private volatile boolean closed;

    /**
     * A process of invoicing.
     *
     * @param settings of producers and consumers: where Kafka is
     * @param instance names this process over its restarts; no two processes have the same, except where one is taken for
     *     dead and another one takes its place
     */
    public InvoiceProcessor(Map<String, Object> settings, InvoiceNames names, String instance, Invoicer invoicer) {
        this.settings = settings;
        this.names = names;
        this.instance = instance;
        this.invoicer = invoicer;
    }

    /**
     * Reads, works and writes until it is closed. When the invoicer fails, nothing of this transaction counts, and the
     * same orders are read again. What was written to the orders in a transaction that is not committed is no order.
     *
     * @throws RuntimeException when another process has taken this one's place, or Kafka cannot be worked with
     */
    public void run() {
        throw new Todo(
                6, "Write invoices and the offsets of their orders in one transaction, and after an abort read again.");
    }

    /** Ends {@link #run()} soon, from any thread. */
    @Override
    public void close() {
        closed = true;
    }
}
