package mqworkbook.workbench.brokers.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Against the server of this machine, or the one that the workbook brings. */
class RedisInfoTest {

    @Test
    void a_server_tells_its_version_and_its_process() throws Exception {
        try (LocalRedis redis = new LocalRedis()) {
            redis.start();

            assertThat(RedisInfo.server(redis.endpoint()))
                    .containsEntry("redis_version", redis.capabilities().version())
                    .containsKey("process_id");
        }
    }
}
