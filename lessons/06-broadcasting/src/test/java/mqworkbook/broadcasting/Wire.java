package mqworkbook.broadcasting;

import mqworkbook.workbench.redis.CommandMoment;
import mqworkbook.workbench.redis.RedisActor;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Relay;
import mqworkbook.workbench.wire.Rule;
import mqworkbook.workbench.wire.WireMessage;

/** Moments on one actor's wire at which something is done to it. */
final class Wire {

    private final Relay relay;

    Wire(RedisActor actor) {
        this.relay = actor.relay();
    }

    /** A command that subscribes, in whichever way. */
    static boolean isSubscribe(WireMessage message) {
        return message.name().endsWith("subscribe");
    }

    /** A published message that is delivered. */
    static boolean isMessage(WireMessage message) {
        return message.name().startsWith("push.") && message.name().endsWith("message");
    }

    /** The next published message is lost, and nobody notices. */
    Rule loseNextMessage() {
        return relay.on(Direction.TO_CLIENT, Wire::isMessage).drop();
    }

    /** Every published message is lost. */
    Rule loseMessages() {
        return relay.on(Direction.TO_CLIENT, Wire::isMessage).every().drop();
    }

    /** The next subscription waits on its way to Redis. */
    Rule holdSubscribe() {
        return relay.on(Direction.TO_BROKER, Wire::isSubscribe).stall();
    }

    /** The next reply with data waits on its way to the client. */
    Rule holdReply() {
        return relay.on(Direction.TO_CLIENT, CommandMoment::isAboutData).stall();
    }
}
