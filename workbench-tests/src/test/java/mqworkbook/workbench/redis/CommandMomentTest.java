package mqworkbook.workbench.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.NeedsBrokers;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** On a real server. */
@NeedsBrokers(BrokerKind.REDIS)
@ExtendWith(Fixtures.class)
class CommandMomentTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    @Test
    void the_second_command_waits_until_it_is_released(RedisFixture redis) throws Exception {
        String key = redis.prefix() + "n";
        try (StatefulRedisConnection<String, String> writer =
                redis.client("writer").lettuce().connect()) {
            CommandMoment moment = CommandMoment.holdCommand(redis.client("writer"), 2);
            CompletableFuture<Long> twice = Beside.run(() -> {
                writer.sync().incr(key);
                return writer.sync().incr(key);
            });
            awaitMoment(moment);
            assertThat(redis.data().get(key)).isEqualTo("1");

            moment.release();

            assertThat(Beside.result(twice, SOON, () -> new AssertionError("late")))
                    .isEqualTo(2);
        }
    }

    @Test
    void who_dies_before_a_command_has_not_sent_it(RedisFixture redis) {
        String key = redis.prefix() + "n";
        StatefulRedisConnection<String, String> writer =
                redis.client("writer").lettuce().connect();
        CommandMoment moment = CommandMoment.dieBeforeCommand(redis.client("writer"), 1);
        Beside.run(() -> writer.sync().incr(key));
        awaitMoment(moment);
        redis.client("writer").die();

        assertThat(redis.data().get(key)).isNull();
    }

    @Test
    void who_dies_before_an_answer_has_had_the_effect(RedisFixture redis) {
        String key = redis.prefix() + "n";
        StatefulRedisConnection<String, String> writer =
                redis.client("writer").lettuce().connect();
        CommandMoment moment = CommandMoment.dieBeforeAnswer(redis.client("writer"), 1);
        Beside.run(() -> writer.sync().incr(key));
        awaitMoment(moment);
        redis.client("writer").die();

        assertThat(redis.data().get(key)).isEqualTo("1");
    }

    @Test
    void a_moment_that_never_comes_has_not_come(RedisFixture redis) {
        try (StatefulRedisConnection<String, String> writer =
                redis.client("writer").lettuce().connect()) {
            CommandMoment moment = CommandMoment.holdCommand(redis.client("writer"), 2);
            writer.sync().incr(redis.prefix() + "n");
            writer.sync().ping();

            assertThat(moment.hasCome()).isFalse();
        }
    }

    private static void awaitMoment(CommandMoment moment) {
        Eventually.within(SOON)
                .until("the moment comes", moment::hasCome)
                .orElse(() -> new AssertionError("it never came"));
    }
}
