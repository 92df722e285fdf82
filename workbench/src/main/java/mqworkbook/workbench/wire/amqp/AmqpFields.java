package mqworkbook.workbench.wire.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.BasicProperties;
import com.rabbitmq.client.LongString;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads the arguments of a method, and message properties, by the getters of the client's public interfaces: {@code
 * getRoutingKey()} is {@code routing-key}. So a method that a later client adds needs nothing here.
 */
final class AmqpFields {

    /** The ticket is reserved in 0-9-1; the others carry passwords and tokens, which no history may hold. */
    private static final Set<String> LEFT_OUT = Set.of("ticket", "response", "new-secret");

    private static final ClassValue<List<Getter>> GETTERS = new ClassValue<>() {
        @Override
        protected List<Getter> computeValue(Class<?> type) {
            return getters(described(type));
        }
    };

    private AmqpFields() {}

    /** Adds every argument of the method, or property of the header, that is set. */
    static void collect(Object source, Map<String, Object> fields) {
        for (Getter getter : GETTERS.get(source.getClass())) {
            Object value = getter.read(source);
            if (value != null) {
                fields.put(getter.name, plain(value));
            }
        }
    }

    /** The interface that shows a method's arguments is nested in AMQP: AMQP.Basic.Publish. */
    private static Class<?> described(Class<?> type) {
        if (BasicProperties.class.isAssignableFrom(type)) {
            return BasicProperties.class;
        }
        for (Class<?> shown : type.getInterfaces()) {
            if (shown.getName().startsWith(AMQP.class.getName() + "$")) {
                return shown;
            }
        }
        throw new IllegalStateException("The client shows no arguments of " + type);
    }

    private static List<Getter> getters(Class<?> type) {
        List<Getter> getters = new ArrayList<>();
        for (Method method : type.getMethods()) {
            String name = method.getName();
            if (name.startsWith("get") && method.getParameterCount() == 0) {
                String field = kebab(name.substring(3));
                if (!LEFT_OUT.contains(field)) {
                    // Public anyway; this only spares the check on each of many calls.
                    method.setAccessible(true);
                    getters.add(new Getter(field, method));
                }
            }
        }
        return getters;
    }

    private static String kebab(String camel) {
        return camel.replaceAll("(?<=.)(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }

    /** Long strings as text, tables and arrays likewise, so that fields print and compare well. */
    private static Object plain(Object value) {
        if (value instanceof LongString) {
            return value.toString();
        }
        if (value instanceof Map<?, ?> table) {
            Map<String, Object> plain = new LinkedHashMap<>();
            table.forEach((key, entry) -> plain.put(String.valueOf(key), plain(entry)));
            return Collections.unmodifiableMap(plain);
        }
        if (value instanceof List<?> array) {
            List<Object> plain = new ArrayList<>();
            array.forEach(entry -> plain.add(plain(entry)));
            return Collections.unmodifiableList(plain);
        }
        return value;
    }

    private record Getter(String name, Method method) {

        Object read(Object source) {
            try {
                return method.invoke(source);
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException("Cannot read " + name + " of " + source.getClass(), e);
            }
        }
    }
}
