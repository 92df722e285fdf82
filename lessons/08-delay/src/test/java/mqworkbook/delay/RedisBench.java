package mqworkbook.delay;

import java.time.Duration;
import java.util.List;
import mqworkbook.delay.order.DelayNames;
import mqworkbook.delay.order.Timeouts;
import mqworkbook.workbench.redis.RedisActor;
import mqworkbook.workbench.redis.RedisFixture;

/** Timeouts in Redis. */
final class RedisBench extends Bench {

    final DelayNames names;
    private final RedisFixture redis;
    private final Duration poll;

    RedisBench(RedisFixture redis, String prefix, Duration poll) {
        this.redis = redis;
        this.poll = poll;
        this.names = new DelayNames(prefix);
    }

    RedisFixture redis() {
        return redis;
    }

    RedisActor actor(String process) {
        return redis.client(process);
    }

    @Override
    Timeouts newTimeouts(String process) {
        return new RedisTimeouts(actor(process).lettuce(), names, clock, LEASE, poll);
    }

    @Override
    void cutOff(String process) {
        actor(process).die();
    }

    @Override
    int connections(String process) {
        return actor(process).openConnections();
    }

    @Override
    void passLease() {
        clock.advance(LEASE.plusSeconds(1));
    }

    @Override
    String whereabouts() {
        List<String> keys = redis.data().keys(names.prefix() + "*");
        long members = keys.stream()
                .filter(key -> redis.data().type(key).equals("zset"))
                .mapToLong(key -> redis.data().zcard(key))
                .sum();
        return "in Redis are " + members + " members of sorted sets, in " + keys.size() + " keys";
    }
}
