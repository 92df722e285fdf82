package mqworkbook.logs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.logging.Logger;
import mqworkbook.logs.line.LogSearch;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FilterDirectory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;

/**
 * The disk on which the index is. Each machine sees it through a view of its own, which ends when the machine dies; the lock
 * of the dead is free. It can be slow, and it can be full.
 */
final class Disk {

    /** A machine is about to make a commit of the index durable. */
    static final String BEFORE_COMMIT = "before the index has committed";

    /** A commit of the index is durable, and nobody has been told. */
    static final String AFTER_COMMIT = "after the index has committed";

    /** Held, since a logger that nobody holds forgets its level: Lucene has remarks on the JVM's version. */
    private static final Logger LUCENE = Logger.getLogger("org.apache.lucene");

    static {
        LUCENE.setLevel(Level.OFF);
    }

    private final Directory store = new ByteBuffersDirectory();
    private final AtomicReference<Machine> owner = new AtomicReference<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile CountDownLatch slow = new CountDownLatch(0);
    private volatile boolean isWaitedFor;

    /** From now on a commit of the index takes for ever, until {@link #goOn}. */
    void hold() {
        isWaitedFor = false;
        slow = new CountDownLatch(1);
    }

    void goOn() {
        slow.countDown();
    }

    /** Whether somebody waits for a commit of the index. */
    boolean isWaitedFor() {
        return isWaitedFor;
    }

    /** The next commits of the index fail, that many times: no space left. */
    void fail(int times) {
        failures.set(times);
    }

    boolean fails() {
        return failures.get() > 0;
    }

    /** What is in the index, durably. */
    List<LogSearch.Hit> lines() {
        try {
            return LogSearch.all(store);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<LogSearch.Hit> lines(String app) {
        try {
            return LogSearch.app(store, app);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The disk as one machine sees it. */
    Directory seenBy(Machine machine) {
        return new View(machine);
    }

    private interface Operation<T> {
        T run() throws IOException;
    }

    private final class View extends FilterDirectory {

        private final Machine machine;

        View(Machine machine) {
            super(store);
            this.machine = machine;
        }

        @Override
        public String[] listAll() throws IOException {
            return whileAlive("list", super::listAll);
        }

        @Override
        public long fileLength(String name) throws IOException {
            return whileAlive("length", () -> super.fileLength(name));
        }

        @Override
        public IndexOutput createOutput(String name, IOContext context) throws IOException {
            return whileAlive("write", () -> super.createOutput(name, context));
        }

        @Override
        public IndexOutput createTempOutput(String prefix, String suffix, IOContext context) throws IOException {
            return whileAlive("write", () -> super.createTempOutput(prefix, suffix, context));
        }

        @Override
        public IndexInput openInput(String name, IOContext context) throws IOException {
            return whileAlive("read", () -> super.openInput(name, context));
        }

        @Override
        public void deleteFile(String name) throws IOException {
            whileAlive("delete", () -> {
                super.deleteFile(name);
                return null;
            });
        }

        @Override
        public void sync(Collection<String> names) throws IOException {
            awaitDisk();
            whileAlive("sync", () -> {
                if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw new IOException("No space left on device");
                }
                super.sync(names);
                return null;
            });
        }

        @Override
        public void rename(String source, String dest) throws IOException {
            whileAlive(BEFORE_COMMIT, () -> {
                super.rename(source, dest);
                return null;
            });
            machine.reach(AFTER_COMMIT);
        }

        /** Threads of the dead may be in the midst of something, and its successor has removed their files by then. */
        private <T> T whileAlive(String point, Operation<T> operation) throws IOException {
            machine.reach(point);
            try {
                return operation.run();
            } catch (IOException e) {
                machine.reach("failed");
                throw e;
            }
        }

        @Override
        public Lock obtainLock(String name) throws IOException {
            machine.reach("lock");
            Machine holder = owner.get();
            if (holder != null && !holder.isDead() || !owner.compareAndSet(holder, machine)) {
                throw new LockObtainFailedException(
                        "The index is written by " + owner.get().name());
            }
            return new Lock() {
                @Override
                public void close() {
                    owner.compareAndSet(machine, null);
                }

                @Override
                public void ensureValid() throws IOException {
                    if (owner.get() != machine) {
                        throw new IOException("The lock is gone");
                    }
                }
            };
        }

        private void awaitDisk() {
            isWaitedFor = true;
            try {
                slow.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
