package mqworkbook.transactions.invoice;

/**
 * What Kafka's topics and the group of invoicing are called: a contract with other teams.
 *
 * @param orders topic to read: the order's id as key, the order as JSON
 * @param invoices topic to write: the order's id as key, the invoice as text
 */
public record InvoiceNames(String orders, String invoices, String group) {

    /** Names of one installation. */
    public static InvoiceNames of(String prefix) {
        return new InvoiceNames(prefix + "orders", prefix + "invoices", prefix + "invoicing");
    }
}
