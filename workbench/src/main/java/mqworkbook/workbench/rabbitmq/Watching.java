package mqworkbook.workbench.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Proxies that look like the client's own objects. */
final class Watching {

    private Watching() {}

    static Connection connection(Connection target, UnaryOperator<Channel> watch) {
        return (Connection) proxy(target, (self, method, arguments) -> {
            Object result = call(target, method, arguments);
            if (result instanceof Channel channel) {
                return watch.apply(channel);
            }
            if (result instanceof Optional<?> optional && optional.orElse(null) instanceof Channel channel) {
                return Optional.of(watch.apply(channel));
            }
            return result;
        });
    }

    static Object proxy(Object target, InvocationHandler handler) {
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        for (Class<?> type = target.getClass(); type != null; type = type.getSuperclass()) {
            for (Class<?> implemented : type.getInterfaces()) {
                if (java.lang.reflect.Modifier.isPublic(implemented.getModifiers())) {
                    interfaces.add(implemented);
                }
            }
        }
        return Proxy.newProxyInstance(target.getClass().getClassLoader(), interfaces.toArray(Class<?>[]::new), handler);
    }

    static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
