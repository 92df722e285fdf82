package mqworkbook.workbench.brokers.redis;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mqworkbook.workbench.brokers.BrokerUnavailableException;

/** Which servers the lessons hold for. */
final class RedisVersion {

    static final String SUPPORTED = "6.2 or newer";

    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+).*");

    private RedisVersion() {}

    static boolean isSupported(String version) {
        Matcher matcher = VERSION.matcher(version);
        if (!matcher.matches()) {
            return false;
        }
        int major = Integer.parseInt(matcher.group(1));
        return major > 6 || (major == 6 && Integer.parseInt(matcher.group(2)) >= 2);
    }

    static void requireSupported(String version) {
        if (!isSupported(version)) {
            throw new BrokerUnavailableException("Redis " + version + " is not supported, the workbook needs "
                    + SUPPORTED + ": install one of these, or start Docker and run with -Dbrokers=docker");
        }
    }
}
