package mqworkbook.workbench.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.brokers.NeedsBrokers;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Eventually;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On a real server. */
@NeedsBrokers(BrokerKind.REDIS)
@ExtendWith(Fixtures.class)
class RedisFixtureTest {

    @Test
    void actors_work_through_relays_of_their_own_and_the_judge_sees_what_they_did(RedisFixture redis) {
        String key = redis.prefix() + "flag";
        try (StatefulRedisConnection<String, String> writer =
                redis.client("writer").lettuce().connect()) {
            writer.sync().set(key, "on");
            assertThat(redis.client("writer").openConnections()).isEqualTo(1);
        }

        assertThat(redis.data().get(key)).isEqualTo("on");
        assertThat(redis.history().render(1_000)).contains("set").contains(key);
        Eventually.within(Duration.ofSeconds(5))
                .until(
                        "the writer is disconnected",
                        () -> redis.client("writer").openConnections() == 0)
                .orElse(() -> new AssertionError("still connected"));
    }

    @Test
    void a_client_reconnects_after_a_cut_and_after_a_restart_which_keeps_the_data(RedisFixture redis) {
        String key = redis.prefix() + "flag";
        try (StatefulRedisConnection<String, String> writer =
                redis.client("writer").lettuce().connect()) {
            writer.sync().set(key, "1");
            redis.client("writer").relay().cut();
            awaitValue(writer, key, "1");

            Assumptions.assumeTrue(
                    redis.broker().capabilities().restartable(),
                    () -> redis.broker().capabilities().whyNotRestartable());
            redis.restartBroker();

            awaitValue(writer, key, "1");
        }
    }

    @Test
    void what_was_made_under_its_prefix_goes_with_it(RedisFixture other) {
        RedisFixture redis = RedisFixture.open(Brokers.forRun().require(BrokerKind.REDIS));
        redis.data().set(redis.prefix() + "flag", "on");
        String key = redis.prefix() + "flag";

        redis.close();

        assertThat(other.data().exists(key)).isZero();
    }

    /** Lettuce fails the command that meets a reset, so it is sent again. */
    private static void awaitValue(StatefulRedisConnection<String, String> connection, String key, String value) {
        Eventually.within(Duration.ofSeconds(10))
                .until("the client reads again", () -> {
                    try {
                        return value.equals(connection.sync().get(key));
                    } catch (RedisException reset) {
                        return false;
                    }
                })
                .orElse(() -> new AssertionError("the client never came back"));
    }
}
