package mqworkbook.ordering.shop;

import java.util.Optional;
import java.util.Set;

/** Where an order stands. */
public enum OrderState {
    PLACED,
    PAID,
    SHIPPED,
    DELIVERED,
    CANCELLED;

    /**
     * Whether an order may come to this state.
     *
     * @param before where it stands; empty when there is no such order yet
     */
    public boolean mayFollow(Optional<OrderState> before) {
        return before.map(state -> state.next().contains(this)).orElse(this == PLACED);
    }

    /** Where an order may go from here. */
    public Set<OrderState> next() {
        return switch (this) {
            case PLACED -> Set.of(PAID, CANCELLED);
            case PAID -> Set.of(SHIPPED, CANCELLED);
            case SHIPPED -> Set.of(DELIVERED);
            case DELIVERED, CANCELLED -> Set.of();
        };
    }
}
