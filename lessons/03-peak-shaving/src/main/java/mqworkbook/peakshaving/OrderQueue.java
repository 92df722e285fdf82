package mqworkbook.peakshaving;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import mqworkbook.peakshaving.sale.SaleNames;
import mqworkbook.workbench.judge.Todo;

/** The buffer between the sale and the database. */
public final class OrderQueue {

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
        throw new Todo(3, "Declare a durable queue that refuses what is too much, and one for dead letters.");
    }
}
