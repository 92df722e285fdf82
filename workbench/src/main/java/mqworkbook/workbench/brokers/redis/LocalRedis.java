package mqworkbook.workbench.brokers.redis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.IntSupplier;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.cache.UserCache;
import mqworkbook.workbench.brokers.process.FreePorts;
import mqworkbook.workbench.brokers.process.LocalBroker;
import mqworkbook.workbench.brokers.process.LocalServer;

/** Redis as a private child process. */
public final class LocalRedis extends LocalBroker {

    private static final long DISK_NEEDED = 50_000_000;

    private final UserCache cache;
    private RedisInstallation installation;

    public LocalRedis() {
        this(FreePorts::next);
    }

    /** A broker on ports of these. */
    public LocalRedis(IntSupplier ports) {
        this(UserCache.ofUser(), ports);
    }

    private LocalRedis(UserCache cache, IntSupplier ports) {
        super(BrokerKind.REDIS, ports);
        this.cache = cache;
    }

    @Override
    public void prepare() {
        installation = RedisInstallation.locate(cache);
    }

    @Override
    public boolean isPrepared() {
        return RedisInstallation.isPresent(cache);
    }

    @Override
    protected long diskNeeded() {
        return DISK_NEEDED;
    }

    @Override
    protected LocalServer server(Path folder, IntSupplier ports) {
        return new RedisNode(installation, folder, ports.getAsInt());
    }

    @Override
    protected void requireSupported(String version) {
        RedisVersion.requireSupported(version);
    }

    @Override
    protected Duration timerPrecision() {
        return Duration.ofMillis(100);
    }
}
