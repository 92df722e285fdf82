package mqworkbook.workbench.wire.redis;

import mqworkbook.workbench.wire.Detours;
import mqworkbook.workbench.wire.Protocol;

/**
 * The Redis protocol, RESP2 and RESP3. A command is one message, named in lower case, with its sub-command where it has
 * one ({@code set}, {@code evalsha}, {@code client.setinfo}); its reply has the same name and the other direction.
 *
 * <ul>
 *   <li>Commands: {@code arguments}, the first of them as text; {@code argument-count}; {@code key}, the first key;
 *       {@code channel} in pub/sub. Passwords are left out.
 *   <li>Replies: {@code error}, or {@code value}, or {@code elements} of an array, set or map. A null has the value
 *       {@code null}.
 *   <li>{@code push.message}, {@code push.subscribe}, {@code push.invalidate}: what no single command asked for, and
 *       the confirmations of (un)subscribing, one for each channel; with {@code channel}, {@code pattern}, {@code
 *       payload}, {@code subscriptions}. {@code push.monitor} is a line of MONITOR.
 *   <li>{@code reply}: a reply to nothing that was seen. {@code raw}: not RESP; from there on that direction is raw.
 * </ul>
 *
 * All have {@code size}, in bytes, unless a message above 64 KiB does not tell it at its beginning: it passes as it
 * comes. Text is cut at 128 bytes; what is no text is given by its length. Replies are matched by their order, as
 * clients do it: once a command or a reply is dropped, all later replies are dropped too, until the relay is healed.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">Redis serialization protocol
 *     specification</a>
 */
public final class RespProtocol implements Protocol {

    @Override
    public Conversation open(long connection, Detours detours) {
        return new RespConversation(connection);
    }
}
