package mqworkbook.workbench.judge;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.Slf4JLoggerFactory;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Has Netty, and Lettuce with it, log through SLF4J, where nobody listens. Netty takes a silent SLF4J for none at all and
 * would print every cut connection to the learner's console. RocketMQ's client is silenced by {@code rmq.logback.xml}.
 */
public final class QuietClients implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        silence();
    }

    /** To be called before a client is made; calling it again changes nothing. */
    public static void silence() {
        InternalLoggerFactory.setDefaultFactory(Slf4JLoggerFactory.INSTANCE);
    }
}
