package mqworkbook.workbench.wire.kafka;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;

/** The APIs whose messages are read; of the others only the header and the errors are. */
final class ApiReaders {

    private static final Map<ApiKeys, ApiReader<?, ?>> READERS = readers();

    private final Map<ApiKeys, ApiReader<?, ?>> readers = new EnumMap<>(ApiKeys.class);

    private ApiReaders() {}

    /** {@code null} if its messages are not read. */
    static ApiReader<?, ?> of(ApiKeys api) {
        return READERS.get(api);
    }

    <Q extends ApiMessage, R extends ApiMessage> void add(
            ApiKeys api,
            Class<Q> requestType,
            BiConsumer<Q, Facts> request,
            Class<R> replyType,
            BiConsumer<R, Facts> reply) {
        readers.put(api, new ApiReader<>(requestType, request, replyType, reply));
    }

    private static Map<ApiKeys, ApiReader<?, ?>> readers() {
        ApiReaders all = new ApiReaders();
        RecordApis.addTo(all);
        OffsetApis.addTo(all);
        GroupApis.addTo(all);
        HeartbeatApis.addTo(all);
        TransactionApis.addTo(all);
        ShareApis.addTo(all);
        ClusterApis.addTo(all);
        TopicApis.addTo(all);
        return all.readers;
    }
}
