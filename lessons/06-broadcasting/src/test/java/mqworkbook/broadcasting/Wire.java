package mqworkbook.broadcasting;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import mqworkbook.workbench.redis.RedisActor;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Relay;
import mqworkbook.workbench.wire.Rule;
import mqworkbook.workbench.wire.WireMessage;

/** Moments on one actor's wire at which something is done to it. */
final class Wire {

    /** What the client says on its own account. */
    private static final Set<String> ABOUT_THE_CONNECTION =
            Set.of("hello", "auth", "select", "ping", "quit", "reply", "raw");

    private final Relay relay;

    Wire(RedisActor actor) {
        this.relay = actor.relay();
    }

    /** A command that is about data, or its reply. */
    static boolean isAboutData(WireMessage message) {
        return !message.name().startsWith("client.")
                && !message.name().startsWith("push")
                && !ABOUT_THE_CONNECTION.contains(message.name())
                && !isSubscribe(message);
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
        return relay.on(Direction.TO_CLIENT, Wire::isAboutData).stall();
    }

    /** The n-th command from now on waits on its way to Redis. */
    Moment holdCommand(int n) {
        Moment moment = new Moment(n);
        moment.rule = relay.on(Direction.TO_BROKER, moment).stall();
        return moment;
    }

    /** The process dies before its n-th command from now on has left. */
    Moment dieBeforeCommand(int n) {
        Moment moment = new Moment(n);
        moment.rule = relay.on(Direction.TO_BROKER, moment).cutBefore();
        noReconnectionAfter(moment);
        return moment;
    }

    /** Until the rule is cancelled no connection comes up that is begun after the moment. */
    Rule noReconnectionAfter(Moment moment) {
        return relay.on(Direction.TO_BROKER, message -> moment.hasCome() && !isAboutData(message))
                .every()
                .stall();
    }

    /** The n-th command that is about data; it can be asked whether it has come. */
    static final class Moment implements Predicate<WireMessage> {

        private final AtomicInteger seen = new AtomicInteger();
        private final int n;
        private Rule rule;

        Moment(int n) {
            this.n = n;
        }

        @Override
        public boolean test(WireMessage message) {
            return isAboutData(message) && seen.incrementAndGet() == n;
        }

        boolean hasCome() {
            return seen.get() >= n;
        }

        /** Lets go what waits. */
        void release() {
            rule.cancel();
        }
    }
}
