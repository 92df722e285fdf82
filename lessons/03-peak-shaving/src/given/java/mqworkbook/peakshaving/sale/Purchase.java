package mqworkbook.peakshaving.sale;

import java.util.Objects;

/**
 * Somebody wants units of what is on sale. This is a contract: as text, in UTF-8, it is the reservation in Redis and the
 * body of the message that becomes an order. {@code R-9|sale-7|U-1|2}: request, sale, user, quantity.
 *
 * @param requestId of this click; who clicks again sends another one, and who sends the same request again the same
 * @param quantity at least 1
 */
public record Purchase(String requestId, String saleId, String userId, int quantity) {

    public Purchase {
        named(requestId);
        named(saleId);
        named(userId);
        if (quantity < 1) {
            throw new IllegalArgumentException("No quantity: " + quantity);
        }
    }

    /** The purchase as it is stored and sent. */
    public String text() {
        return requestId + "|" + saleId + "|" + userId + "|" + quantity;
    }

    /**
     * Reads a purchase.
     *
     * @throws InvalidPurchaseException if the text is none
     */
    public static Purchase parse(String text) throws InvalidPurchaseException {
        String[] parts = text.split("\\|", -1);
        try {
            if (parts.length == 4) {
                return new Purchase(parts[0], parts[1], parts[2], Integer.parseInt(parts[3]));
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidPurchaseException(text, e);
        }
        throw new InvalidPurchaseException(text, null);
    }

    private static void named(String id) {
        Objects.requireNonNull(id, "id");
        if (id.isEmpty() || id.indexOf('|') >= 0) {
            throw new IllegalArgumentException("No id: \"" + id + "\"");
        }
    }
}
