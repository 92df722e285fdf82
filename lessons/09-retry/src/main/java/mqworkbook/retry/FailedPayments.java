package mqworkbook.retry;

import com.rabbitmq.client.Delivery;
import java.io.IOException;
import mqworkbook.retry.payment.NotConfirmedException;
import mqworkbook.retry.payment.PaymentNames;
import mqworkbook.retry.payment.RetryHeaders;
import mqworkbook.retry.payment.RetryPolicy;
import mqworkbook.workbench.judge.Todo;

/** What becomes of payments that have failed. The headers that they carry stand at {@link RetryHeaders}. */
public final class FailedPayments {

    private final ConfirmedPublisher publisher;
    private final PaymentNames names;
    private final RetryPolicy policy;

    public FailedPayments(ConfirmedPublisher publisher, PaymentNames names, RetryPolicy policy) {
        this.publisher = publisher;
        this.names = names;
        this.policy = policy;
    }

    /**
     * Lays the payment to rest before its next attempt, with one more attempt on its count. When this returns, the
     * delivery may be acknowledged.
     *
     * @throws NotConfirmedException if the payment is not known to be in a retry queue
     */
    public void retryLater(Delivery delivery, Throwable failure) throws IOException {
        throw new Todo(3, "Publish the payment to a retry queue, with everything that it carried and its count.");
    }

    /**
     * Puts the payment among the dead letters, with what operations must know. When this returns, the delivery may be
     * acknowledged.
     *
     * @throws NotConfirmedException if the payment is not known to be among the dead letters
     */
    public void setAside(Delivery delivery, Throwable failure) throws IOException {
        throw new Todo(4, "Publish the payment to the dead letters, with reason, attempts and where it came from.");
    }
}
