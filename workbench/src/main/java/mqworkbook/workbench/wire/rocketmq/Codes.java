package mqworkbook.workbench.wire.rocketmq;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.Map;
import org.apache.rocketmq.common.sysflag.MessageSysFlag;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;

/** Names of codes, as the client's classes have them: a code that a later client adds needs nothing here. */
final class Codes {

    private static final Map<Integer, String> REQUESTS = constants(RequestCode.class);
    private static final Map<Integer, String> RESPONSES = constants(ResponseCode.class);

    private Codes() {}

    static String request(int code) {
        return REQUESTS.getOrDefault(code, "REQUEST_" + code);
    }

    static String response(int code) {
        return RESPONSES.getOrDefault(code, "RESPONSE_" + code);
    }

    /** How a transaction is to end; what is no such code stays. */
    static String ending(String flag) {
        return switch (flag) {
            case "" + MessageSysFlag.TRANSACTION_COMMIT_TYPE -> "COMMIT";
            case "" + MessageSysFlag.TRANSACTION_ROLLBACK_TYPE -> "ROLLBACK";
            case "" + MessageSysFlag.TRANSACTION_NOT_TYPE -> "UNKNOWN";
            default -> flag;
        };
    }

    private static Map<Integer, String> constants(Class<?> type) {
        Map<Integer, String> names = new HashMap<>();
        for (Field field : type.getFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType().isPrimitive()) {
                try {
                    names.putIfAbsent(((Number) field.get(null)).intValue(), field.getName());
                } catch (IllegalAccessException e) {
                    throw new IllegalStateException("Cannot read " + field, e);
                }
            }
        }
        return names;
    }
}
