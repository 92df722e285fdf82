package mqworkbook.workbench.wire.rocketmq;

import mqworkbook.workbench.wire.Detours;
import mqworkbook.workbench.wire.Protocol;

/**
 * RocketMQ's remoting protocol, to name servers and brokers. A request is one message with the name of its code in
 * {@code RequestCode} ({@code SEND_MESSAGE_V2}, {@code END_TRANSACTION}; {@code REQUEST_12345} if it has none); the reply
 * has the same name and the other direction. Brokers also ask clients ({@code CHECK_TRANSACTION_STATE}).
 *
 * <ul>
 *   <li>All: the fields of the header by their names, also where a request abbreviates them, as text or Boolean; {@code
 *       opaque}, the number that joins request and reply; {@code body-size} in bytes. Signatures and tokens are left out.
 *   <li>Requests: {@code oneway} where no reply is wanted; the properties of a message that is sent ({@code KEYS}, {@code
 *       UNIQ_KEY}, {@code TRAN_MSG}); {@code commitOrRollback} as {@code COMMIT}, {@code ROLLBACK} or {@code UNKNOWN}.
 *   <li>Replies: {@code code} by its name in {@code ResponseCode}, {@code remark}.
 *   <li>With stored messages in the body: {@code message-count}, and {@code messages}, the key or else the id of the
 *       first of them; a single one shows its properties too.
 *   <li>{@code reply}: a reply to nothing that was seen. {@code raw}: a frame that cannot be decoded; or no frame, and
 *       from there on that direction is raw.
 * </ul>
 *
 * <p>Clients stay on the relay: broker addresses in routes, cluster and member lists are replaced by {@link Detours}, and
 * so are the IPv4 store hosts in messages and in the offset ids of sent ones, which clients dial to look at a message or
 * to send it back. Not covered are the VIP channel (off by default) and stores on IPv6. All else passes byte for byte.
 *
 * @see <a href="https://github.com/apache/rocketmq/blob/rocketmq-all-5.5.0/remoting/src/main/java/org/apache/rocketmq/remoting/protocol/RemotingCommand.java">
 *     RemotingCommand 5.5.0</a>
 */
public final class RocketMqProtocol implements Protocol {

    @Override
    public Conversation open(long connection, Detours detours) {
        return new RemotingConversation(connection, detours);
    }
}
