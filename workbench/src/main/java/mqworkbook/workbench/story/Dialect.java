package mqworkbook.workbench.story;

import java.util.List;
import java.util.function.Consumer;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.WireEvent;
import mqworkbook.workbench.wire.WireMessage;

/**
 * Makes acts of what passes on the wires to one broker. It remembers which message a later answer is about, so it must see
 * everything from the beginning, in order.
 */
abstract class Dialect {

    private final String broker;
    private final String prefix;
    private final Consumer<Act> acts;

    Dialect(Recording recording, Consumer<Act> acts) {
        this.broker = recording.broker().displayName();
        this.prefix = recording.prefix();
        this.acts = acts;
    }

    static Dialect of(Recording recording, Consumer<Act> acts) {
        return switch (recording.broker()) {
            case RABBITMQ -> new AmqpDialect(recording, acts);
            case KAFKA -> new KafkaDialect(recording, acts);
            case ROCKETMQ -> new RocketMqDialect(recording, acts);
            case REDIS -> new RedisDialect(recording, acts);
        };
    }

    /** A message has come to the relay and was handed on, or was dropped there. */
    abstract void tell(WireEvent.Passage passage);

    final void message(WireEvent.Passage passage, String what, List<String> messages, String detail) {
        act(passage, what, messages, detail, Act.Kind.MESSAGE);
    }

    final void context(WireEvent.Passage passage, String what, String detail) {
        act(passage, what, List.of(), detail, Act.Kind.CONTEXT);
    }

    private void act(WireEvent.Passage passage, String what, List<String> messages, String detail, Act.Kind kind) {
        boolean sent = passage.message().direction() == Direction.TO_BROKER;
        String lost = passage.disposition() == WireEvent.Disposition.DROPPED ? "never arrives; " : "";
        acts.accept(new Act(
                passage.nanos(),
                sent ? passage.relay() : broker,
                sent ? broker : passage.relay(),
                what,
                messages,
                (lost + detail).replace(prefix, "").replaceAll("; $", ""),
                kind));
    }

    final String broker() {
        return broker;
    }

    /** The connection of an actor that a message belongs to. */
    static String connection(WireEvent.Passage passage) {
        return passage.relay() + "#" + passage.message().connection();
    }

    static boolean isRequest(WireMessage message) {
        return message.direction() == Direction.TO_BROKER;
    }
}
