package mqworkbook.decoupling;

import mqworkbook.decoupling.shop.InvalidEventException;
import mqworkbook.decoupling.shop.OrderEvent;
import mqworkbook.workbench.judge.Todo;

/** Turns order events into JSON and back. The contract stands at {@link OrderEvent}. */
public final class EventCodec {

    /** The event as JSON, in UTF-8. */
    public byte[] write(OrderEvent event) {
        throw new Todo(1, "Write the event as one JSON object with the fields of the contract.");
    }

    /**
     * Reads an event; fields that this version does not know are ignored.
     *
     * @throws InvalidEventException if the body is no JSON object, or a field of the contract is missing or malformed
     */
    public OrderEvent read(byte[] body) throws InvalidEventException {
        throw new Todo(1, "Read the event from JSON, whatever fields a later version adds.");
    }
}
