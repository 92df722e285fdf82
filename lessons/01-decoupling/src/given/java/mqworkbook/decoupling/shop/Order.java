package mqworkbook.decoupling.shop;

import java.math.BigDecimal;
import java.util.Objects;

/** What a customer bought. */
public record Order(String orderId, String userId, BigDecimal amount) {

    public Order {
        Objects.requireNonNull(orderId, "orderId");
        Objects.requireNonNull(userId, "userId");
        Objects.requireNonNull(amount, "amount");
    }
}
