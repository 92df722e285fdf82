package mqworkbook.workbench.wire.kafka;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.RequestHeader;

/**
 * The requests of one connection that wait for their replies. Kafka answers in order, and a client that misses one reply
 * takes the next for it and fails; so once something was dropped, all that would come later is lost as well.
 */
final class Exchanges {

    /** Clients have five requests under way by default; whoever never gets answers must not fill the memory. */
    private static final int MOST_WAITING = 10_000;

    private final Map<Integer, Exchange> waiting = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Exchange> eldest) {
            return size() > MOST_WAITING;
        }
    };

    private long begun;
    private long firstDropped = Long.MAX_VALUE;

    synchronized Exchange begin(RequestHeader header, Facts request) {
        Exchange exchange = new Exchange(++begun, header.apiKey(), header.apiVersion(), request);
        waiting.put(header.correlationId(), exchange);
        return exchange;
    }

    /** The exchange that this reply ends, {@code null} if nobody has asked. */
    synchronized Exchange end(int correlationId) {
        return waiting.remove(correlationId);
    }

    /** The request, or the reply, is not handed on. */
    synchronized void dropped(Exchange exchange) {
        firstDropped = Math.min(firstDropped, exchange.number);
    }

    /** Whether the client cannot read this reply any more. */
    synchronized boolean isLost(Exchange exchange) {
        return exchange.number > firstDropped;
    }

    record Exchange(long number, ApiKeys api, short version, Facts request) {}
}
