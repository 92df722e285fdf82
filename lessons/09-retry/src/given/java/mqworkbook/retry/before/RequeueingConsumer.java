package mqworkbook.retry.before;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.Delivery;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import mqworkbook.retry.payment.PaymentCodec;
import mqworkbook.retry.payment.PaymentHandler;

/**
 * The consumer as it is today: what fails goes back into the queue. It comes back at once, and again, as fast as the
 * broker can.
 */
public final class RequeueingConsumer implements AutoCloseable {

    private final Connection connection;
    private final PaymentHandler handler;
    private final PaymentCodec codec = new PaymentCodec();

    public RequeueingConsumer(ConnectionFactory broker, String queue, PaymentHandler handler, int prefetch)
            throws IOException, TimeoutException {
        this.connection = broker.newConnection("payments, before");
        this.handler = handler;
        Channel channel = connection.createChannel();
        channel.basicQos(prefetch);
        channel.basicConsume(queue, false, (tag, delivery) -> onDelivery(channel, delivery), tag -> {});
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    private void onDelivery(Channel channel, Delivery delivery) throws IOException {
        long tag = delivery.getEnvelope().getDeliveryTag();
        try {
            handler.handle(codec.read(delivery.getBody()));
            channel.basicAck(tag, false);
        } catch (Exception e) {
            // "It will be tried again." A declined card, too; a gateway that is down, thousands of times a second.
            channel.basicNack(tag, false, true);
        }
    }
}
