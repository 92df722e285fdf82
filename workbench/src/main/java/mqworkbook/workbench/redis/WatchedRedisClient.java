package mqworkbook.workbench.redis;

import io.lettuce.core.RedisChannelWriter;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.pubsub.PubSubEndpoint;
import io.lettuce.core.pubsub.RedisPubSubListener;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnectionImpl;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The ordinary client, whose pub/sub listeners are watched: Lettuce logs what they throw, and a test would not know. */
final class WatchedRedisClient extends RedisClient {

    private final String actor;
    private final IoThread io;

    WatchedRedisClient(String actor, IoThread io, RedisURI uri) {
        super(io.resources(), uri);
        this.actor = actor;
        this.io = io;
    }

    IoThread io() {
        return io;
    }

    @Override
    protected <K, V> StatefulRedisPubSubConnectionImpl<K, V> newStatefulRedisPubSubConnection(
            PubSubEndpoint<K, V> endpoint, RedisChannelWriter writer, RedisCodec<K, V> codec, Duration timeout) {
        return new Watched<>(actor, endpoint, writer, codec, timeout);
    }

    private static final class Watched<K, V> extends StatefulRedisPubSubConnectionImpl<K, V> {

        private final Map<RedisPubSubListener<K, V>, RedisPubSubListener<K, V>> watched = new ConcurrentHashMap<>();
        private final String actor;

        Watched(
                String actor,
                PubSubEndpoint<K, V> endpoint,
                RedisChannelWriter writer,
                RedisCodec<K, V> codec,
                Duration timeout) {
            super(endpoint, writer, codec, timeout);
            this.actor = actor;
        }

        @Override
        public void addListener(RedisPubSubListener<K, V> listener) {
            super.addListener(watched.computeIfAbsent(listener, one -> ListenerWatch.of(actor, one)));
        }

        @Override
        public void removeListener(RedisPubSubListener<K, V> listener) {
            RedisPubSubListener<K, V> added = watched.remove(listener);
            super.removeListener(added == null ? listener : added);
        }
    }
}
