package mqworkbook.workbench.wire.amqp;

import mqworkbook.workbench.wire.Detours;
import mqworkbook.workbench.wire.Protocol;

/**
 * AMQP 0-9-1. A method is one message, named as in the protocol ({@code basic.publish}); a method with content is one
 * message together with its header and body frames. Its fields are the arguments of the method and, with content, the
 * properties that are set and {@code body-size}; integers stay numbers, long strings become text, reserved arguments and
 * credentials are left out. Besides there are {@code protocol.header}, {@code heartbeat}, and {@code raw} for what
 * cannot be decoded. A stream that is not AMQP at all, or is encrypted, passes as {@code raw}.
 *
 * @see <a href="https://www.rabbitmq.com/resources/specs/amqp0-9-1.pdf">AMQP 0-9-1, sections 2.3 and 4.2</a>
 */
public final class AmqpProtocol implements Protocol {

    @Override
    public Conversation open(long connection, Detours detours) {
        return direction -> new AmqpSplitter(new MessageAssembler(new AmqpDecoder(direction, connection)));
    }
}
