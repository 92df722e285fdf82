package mqworkbook.workbench.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.Objects;
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
    void connections_that_redis_closes_are_opened_again_and_others_live_on(RedisFixture redis) {
        try (StatefulRedisConnection<String, String> writer =
                        redis.client("writer").lettuce().connect();
                StatefulRedisConnection<String, String> reader =
                        redis.client("reader").lettuce().connect()) {
            reader.sync().ping();

            redis.killConnections("writer");

            awaitValue(writer, redis.prefix() + "flag", null);
            assertThat(redis.client("writer").relay().acceptedConnections()).isEqualTo(2);
            assertThat(redis.client("reader").relay().acceptedConnections()).isEqualTo(1);
        }
    }

    @Test
    void what_an_actor_sends_and_reads_is_counted(RedisFixture redis) {
        redis.data().set(redis.prefix() + "flag", "x".repeat(1_000));
        try (StatefulRedisConnection<String, String> reader =
                redis.client("reader").lettuce().connect()) {
            long bytes = redis.bytesRead("reader");
            long commands = redis.commands("reader");

            reader.sync().get(redis.prefix() + "flag");

            assertThat(redis.bytesRead("reader") - bytes).isBetween(1_000L, 1_100L);
            assertThat(redis.commands("reader") - commands).isOne();
            assertThat(redis.bytesRead("nobody")).isZero();
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
                        return Objects.equals(value, connection.sync().get(key));
                    } catch (RedisException reset) {
                        return false;
                    }
                })
                .orElse(() -> new AssertionError("the client never came back"));
    }
}
