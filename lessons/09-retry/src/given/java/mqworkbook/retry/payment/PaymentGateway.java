package mqworkbook.retry.payment;

import java.io.IOException;

/** The payment service of another company, over HTTP. */
public interface PaymentGateway {

    /**
     * Takes the money. With a key that it knows from a charge that succeeded, it takes nothing, and answers with that
     * charge's receipt. It knows a key for a day.
     *
     * @param idempotencyKey what the caller means by "the same charge"
     * @return the number of the receipt
     * @throws GatewayException if it has answered with an error
     * @throws IOException if there was no answer: the money may have been taken, or not
     */
    String charge(String idempotencyKey, Payment payment) throws GatewayException, IOException;
}
