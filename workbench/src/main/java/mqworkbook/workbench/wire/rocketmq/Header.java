package mqworkbook.workbench.wire.rocketmq;

import io.netty.buffer.Unpooled;
import java.util.Map;
import java.util.Set;
import org.apache.rocketmq.remoting.exception.RemotingCommandException;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;

/**
 * What stands in front of a body.
 *
 * @param request code of the request that this is, or answers; {@code null} where that is not known
 */
record Header(RemotingCommand command, Integer request) {

    private static final Set<Integer> ROUTES = Set.of(
            RequestCode.GET_ROUTEINFO_BY_TOPIC,
            RequestCode.GET_BROKER_CLUSTER_INFO,
            RequestCode.GET_BROKER_MEMBER_GROUP);

    private static final Set<Integer> READING = Set.of(
            RequestCode.PULL_MESSAGE,
            RequestCode.LITE_PULL_MESSAGE,
            RequestCode.POP_MESSAGE,
            RequestCode.PEEK_MESSAGE,
            RequestCode.QUERY_MESSAGE,
            RequestCode.VIEW_MESSAGE_BY_ID);

    private static final Set<Integer> SENDING =
            Set.of(RequestCode.SEND_MESSAGE, RequestCode.SEND_MESSAGE_V2, RequestCode.SEND_BATCH_MESSAGE);

    /** A request that brings the client a message. */
    private static final Set<Integer> BRINGING =
            Set.of(RequestCode.CHECK_TRANSACTION_STATE, RequestCode.CONSUME_MESSAGE_DIRECTLY);

    /** Decodes a header with the four bytes before it, which tell how it is written; {@code null} if that fails. */
    static RemotingCommand decode(byte[] bytes, int offset, int length) {
        try {
            return RemotingCommand.decode(Unpooled.wrappedBuffer(bytes, offset, length));
        } catch (RemotingCommandException | RuntimeException e) {
            return null;
        }
    }

    boolean isReply() {
        return command.isResponseType();
    }

    String name() {
        return request == null ? "reply" : Codes.request(request);
    }

    /** Whether the body is a route: JSON with the addresses of brokers. */
    boolean bringsRoute() {
        return succeeds(ROUTES);
    }

    /** Whether the body consists of stored messages. */
    boolean bringsMessages() {
        return succeeds(READING) || (!isReply() && BRINGING.contains(request));
    }

    /** Whether the field {@code msgId} tells where messages were stored. */
    boolean tellsStored() {
        return succeeds(SENDING);
    }

    private boolean succeeds(Set<Integer> requests) {
        return isReply() && request != null && requests.contains(request) && command.getCode() == ResponseCode.SUCCESS;
    }

    Map<String, String> extensions() {
        return command.getExtFields() == null ? Map.of() : command.getExtFields();
    }
}
