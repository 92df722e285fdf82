package mqworkbook.retry.payment;

import java.math.BigDecimal;
import java.util.Objects;

/**
 * Money that is to be taken for an order.
 *
 * @param paymentId unique for each payment, and the same however often its message comes; one order may have several
 *     payments
 */
public record Payment(String paymentId, String orderId, BigDecimal amount) {

    public Payment {
        Objects.requireNonNull(paymentId, "paymentId");
        Objects.requireNonNull(orderId, "orderId");
        Objects.requireNonNull(amount, "amount");
    }
}
