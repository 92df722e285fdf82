package mqworkbook.workbench.trial;

import io.lettuce.core.api.StatefulRedisConnection;
import java.util.List;
import mqworkbook.workbench.redis.RedisFixture;

/** A list; the client connects again by itself. */
final class RedisTrial extends Trial {

    private final RedisFixture fixture;
    private StatefulRedisConnection<String, String> connection;

    RedisTrial(RedisFixture fixture) {
        super(fixture);
        this.fixture = fixture;
    }

    @Override
    public void publish(String name, String text) {
        if (connection == null) {
            connection = fixture.client(ACTOR).lettuce().connect();
        }
        connection.sync().rpush(fixture.prefix() + name, text);
    }

    @Override
    public List<String> read(String name) {
        return fixture.data().lrange(fixture.prefix() + name, 0, -1);
    }
}
