package mqworkbook.workbench.redis;

import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Relay;
import mqworkbook.workbench.wire.Rule;
import mqworkbook.workbench.wire.WireMessage;

/**
 * The n-th command about data that an actor sends from now on, whatever it is, or the n-th answer that it gets, and
 * something that befalls it. So a test goes through all moments of somebody's conversation with Redis, and ends when one
 * does not come any more.
 */
public final class CommandMoment {

    /** What a client says on its own account. */
    private static final Set<String> ABOUT_THE_CONNECTION =
            Set.of("hello", "auth", "select", "ping", "quit", "reply", "raw");

    private final AtomicInteger seen = new AtomicInteger();
    private final int n;
    private Rule rule;

    private CommandMoment(int n) {
        this.n = n;
    }

    /** The n-th command, from 1, waits on its way to Redis until it is {@linkplain #release() released}. */
    public static CommandMoment holdCommand(RedisActor actor, int n) {
        CommandMoment moment = new CommandMoment(n);
        moment.rule = actor.relay().on(Direction.TO_BROKER, moment::comes).stall();
        return moment;
    }

    /** The actor's process dies before its n-th command has left; the rest of its death is the test's to bring about. */
    public static CommandMoment dieBeforeCommand(RedisActor actor, int n) {
        CommandMoment moment = new CommandMoment(n);
        moment.rule = actor.relay().on(Direction.TO_BROKER, moment::comes).cutBefore();
        moment.keepAway(actor.relay());
        return moment;
    }

    /** The same before the n-th answer is back: the command has had its effect. */
    public static CommandMoment dieBeforeAnswer(RedisActor actor, int n) {
        CommandMoment moment = new CommandMoment(n);
        moment.rule = actor.relay().on(Direction.TO_CLIENT, moment::comes).cutBefore();
        moment.keepAway(actor.relay());
        return moment;
    }

    /** Whether a message is a command about data, or the answer to one. */
    public static boolean isAboutData(WireMessage message) {
        return !message.name().startsWith("client.")
                && !message.name().startsWith("push")
                && !message.name().endsWith("subscribe")
                && !ABOUT_THE_CONNECTION.contains(message.name());
    }

    public boolean hasCome() {
        return seen.get() >= n;
    }

    /** Lets go what waits. */
    public void release() {
        rule.cancel();
    }

    private boolean comes(WireMessage message) {
        return isAboutData(message) && seen.incrementAndGet() == n;
    }

    private void keepAway(Relay relay) {
        Predicate<WireMessage> anew = message -> hasCome() && !isAboutData(message);
        relay.on(Direction.TO_BROKER, anew).every().stall();
    }
}
