package mqworkbook.workbench.redis;

import io.lettuce.core.pubsub.RedisPubSubListener;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import mqworkbook.workbench.judge.Problems;

/** Reports what a pub/sub listener throws, and lets it go on to Lettuce, which logs it (7.7, PubSubEndpoint). */
final class ListenerWatch {

    private ListenerWatch() {}

    @SuppressWarnings("unchecked")
    static <K, V> RedisPubSubListener<K, V> of(String actor, RedisPubSubListener<K, V> listener) {
        return (RedisPubSubListener<K, V>) Proxy.newProxyInstance(
                ListenerWatch.class.getClassLoader(),
                new Class<?>[] {RedisPubSubListener.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("equals") && arguments.length == 1) {
                        return proxy == arguments[0];
                    }
                    try {
                        return method.invoke(listener, arguments);
                    } catch (InvocationTargetException e) {
                        Problems.report(
                                "An exception left the pub/sub listener of " + actor
                                        + "; Lettuce logs it, and tells no other listener of the message",
                                e.getCause());
                        throw e.getCause();
                    }
                });
    }
}
