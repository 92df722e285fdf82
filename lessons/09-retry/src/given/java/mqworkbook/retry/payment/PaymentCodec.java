package mqworkbook.retry.payment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** Turns payments into JSON and back. */
public final class PaymentCodec {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /** The payment as JSON, in UTF-8. */
    public byte[] write(Payment payment) {
        try {
            return MAPPER.writeValueAsBytes(payment);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads a payment.
     *
     * @throws InvalidPaymentException if the body is no payment, today or ever
     */
    public Payment read(byte[] body) throws InvalidPaymentException {
        try {
            Payment payment = MAPPER.readValue(body, Payment.class);
            if (payment != null) {
                return payment;
            }
        } catch (IOException e) {
            throw new InvalidPaymentException("no payment: " + e.getMessage(), e);
        }
        throw new InvalidPaymentException("no payment: null", null);
    }
}
