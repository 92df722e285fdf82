package mqworkbook.peakshaving;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.Map;
import mqworkbook.peakshaving.sale.SaleNames;

/** The buffer between the sale and the database. */
public final class OrderQueue {

    private static final boolean DURABLE = true;

    private final SaleNames names;
    private final int limit;

    /**
     * The buffer.
     *
     * @param limit how many purchases may wait in it, about
     */
    public OrderQueue(SaleNames names, int limit) {
        this.names = names;
        this.limit = limit;
    }

    /**
     * Declares the queue of purchases, and that of dead letters. Both survive a restart of the broker. The first is
     * bounded, and when it is full it refuses what is new; what is rejected from it goes to the second.
     */
    public void declare(Channel channel) throws IOException {
        channel.queueDeclare(names.deadLetters(), DURABLE, false, false, Map.of("x-queue-type", "quorum"));
        channel.queueDeclare(
                names.orders(),
                DURABLE,
                false,
                false,
                Map.of(
                        "x-queue-type",
                        "quorum",
                        "x-max-length",
                        limit,
                        // The default, drop-head, makes room by throwing away the oldest: a win that was confirmed.
                        "x-overflow",
                        "reject-publish",
                        "x-dead-letter-exchange",
                        "",
                        "x-dead-letter-routing-key",
                        names.deadLetters()));
    }
}
