package mqworkbook.workbench.wire.kafka;

import java.util.function.BiConsumer;
import org.apache.kafka.common.protocol.ApiMessage;

/** Takes from the requests and replies of one API what a reader of the history wants to know. */
final class ApiReader<Q extends ApiMessage, R extends ApiMessage> {

    private final Class<Q> requestType;
    private final Class<R> replyType;
    private final BiConsumer<Q, Facts> request;
    private final BiConsumer<R, Facts> reply;

    ApiReader(Class<Q> requestType, BiConsumer<Q, Facts> request, Class<R> replyType, BiConsumer<R, Facts> reply) {
        this.requestType = requestType;
        this.request = request;
        this.replyType = replyType;
        this.reply = reply;
    }

    void request(ApiMessage message, Facts facts) {
        request.accept(requestType.cast(message), facts);
    }

    void reply(ApiMessage message, Facts facts) {
        reply.accept(replyType.cast(message), facts);
    }
}
