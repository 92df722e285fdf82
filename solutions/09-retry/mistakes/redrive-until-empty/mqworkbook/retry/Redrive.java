// Mistake:   redrive-until-empty
// Wrong:     The redrive goes on until there are no letters.
// Shows as:  What cannot succeed goes round at full speed until somebody kills the redrive.
// Caught in: step 7
// Says:      "redrive"
package mqworkbook.retry;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import mqworkbook.retry.payment.PaymentNames;
import mqworkbook.retry.payment.RetryHeaders;

/** Gives dead letters another chance, when the cause is mended. */
public final class Redrive {

    /** Of the attempts that are over; where the payment came from stays with it. */
    private static final Set<String> HISTORY = Set.of(
            RetryHeaders.ATTEMPTS,
            RetryHeaders.FIRST_FAILED_AT,
            RetryHeaders.FIRST_FAILURE,
            RetryHeaders.FAILURE,
            RetryHeaders.REASON);

    private final ConnectionFactory broker;
    private final PaymentNames names;
    private final Duration confirmTimeout;

    public Redrive(ConnectionFactory broker, PaymentNames names, Duration confirmTimeout) {
        this.broker = broker;
        this.names = names;
        this.confirmTimeout = confirmTimeout;
    }

    /**
     * Moves dead letters back into the queue of payments, each with all its attempts before it. A payment is at each
     * moment in one of the two queues at least. What comes back among the dead letters meanwhile stays there.
     *
     * @param atMost how many to move
     * @return how many were moved
     * @throws IOException if one could not be moved; it is still among the dead letters
     */
    public int redrive(int atMost) throws IOException, TimeoutException {
        try (Connection connection = broker.newConnection("redrive");
                Channel channel = connection.createChannel()) {
            ConfirmedPublisher publisher = new ConfirmedPublisher(connection, confirmTimeout);
            int moved = 0;
            while (moved < atMost) {
                GetResponse letter = channel.basicGet(names.deadLetterQueue(), false);
                if (letter == null) {
                    break;
                }
                publisher.publish("", names.queue(), fresh(letter.getProps()), letter.getBody());
                // A crash before this line leaves two copies, and the handler knows the payment.
                channel.basicAck(letter.getEnvelope().getDeliveryTag(), false);
                moved++;
            }
            return moved;
        }
    }

    private static AMQP.BasicProperties fresh(AMQP.BasicProperties properties) {
        Map<String, Object> headers = new HashMap<>();
        if (properties.getHeaders() != null) {
            headers.putAll(properties.getHeaders());
        }
        headers.keySet().removeAll(HISTORY);
        return properties.builder().headers(headers).build();
    }
}
