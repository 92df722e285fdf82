package mqworkbook.workbench.wire.rocketmq;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The requests of one side that still wait for a reply, by their opaque numbers. Only so many are kept: a reply may
 * never come. Filled by the thread of one direction, asked by that of the other.
 */
final class Requests {

    private static final int MOST = 10_000;

    private final Map<Integer, Integer> codes = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Integer> eldest) {
            return size() > MOST;
        }
    };

    synchronized void asked(int opaque, int code) {
        codes.put(opaque, code);
    }

    /** The code of the request with this number, {@code null} if none is known. It is answered now. */
    synchronized Integer answered(int opaque) {
        return codes.remove(opaque);
    }
}
