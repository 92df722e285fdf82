package mqworkbook.cli.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import mqworkbook.workbench.answer.LessonFiles;

/**
 * Tells when a file below a folder was written, added, moved or removed. It looks at the folder every now and then, and
 * at once when the system reports something: so it works where no reports come (network drives, some containers), and
 * when the folder vanishes and comes back.
 */
public final class SourceWatch implements AutoCloseable {

    /** How often to look where the system does not report what was saved. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Path folder;
    private final Duration every;
    private final Runnable changed;
    private final Optional<WatchService> reports;
    private final Thread watcher;
    private volatile boolean closed;
    private Snapshot last;

    private SourceWatch(Path folder, Duration every, Optional<WatchService> reports, Runnable changed) {
        this.folder = folder;
        this.every = every;
        this.reports = reports;
        this.changed = changed;
        last = look();
        watcher = new Thread(this::watch, "source-watch");
        watcher.setDaemon(true);
        watcher.start();
    }

    /** Watches all that a lesson is compiled from. */
    public static SourceWatch of(LessonFiles lesson, Runnable changed) {
        return of(lesson.folder().resolve("src"), LOOK_EVERY, changed);
    }

    /**
     * Watches from now on.
     *
     * @param every how often to look where nothing is reported
     * @param changed is told of each change, on a thread of the watch
     */
    static SourceWatch of(Path folder, Duration every, Runnable changed) {
        return new SourceWatch(folder, every, systemReports(), changed);
    }

    /** The same where the system reports nothing. */
    static SourceWatch polling(Path folder, Duration every, Runnable changed) {
        return new SourceWatch(folder, every, Optional.empty(), changed);
    }

    private static Optional<WatchService> systemReports() {
        try {
            return Optional.of(FileSystems.getDefault().newWatchService());
        } catch (IOException | UnsupportedOperationException noneLeftOrNoneAtAll) {
            return Optional.empty();
        }
    }

    private void watch() {
        try {
            while (!closed) {
                awaitReport();
                Snapshot now = look();
                if (!now.equals(last)) {
                    last = now;
                    changed.run();
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException ended) {
            // By close.
        }
    }

    private void awaitReport() throws InterruptedException {
        if (reports.isEmpty()) {
            TimeUnit.NANOSECONDS.sleep(every.toNanos());
            return;
        }
        WatchKey key = reports.get().poll(every.toNanos(), TimeUnit.NANOSECONDS);
        while (key != null) {
            key.pollEvents();
            key.reset();
            key = reports.get().poll();
        }
    }

    /** What is there now; a report that comes while it is being looked at leads to another look. */
    private Snapshot look() {
        Snapshot now = Snapshot.of(folder);
        if (reports.isEmpty()) {
            return now;
        }
        // What came into a new folder before it was registered is reported by nobody.
        Set<Path> registered = Set.of();
        while (!registered.containsAll(now.folders())) {
            registered = Set.copyOf(now.folders());
            registered.forEach(each -> register(each, reports.get()));
            now = Snapshot.of(folder);
        }
        return now;
    }

    /** Registering a folder again changes nothing. */
    private static void register(Path folder, WatchService service) {
        try {
            folder.register(
                    service,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException | UnsupportedOperationException goneOrNoReportsHere) {
            // The next look will find what there is to find.
        }
    }

    @Override
    public void close() {
        closed = true;
        watcher.interrupt();
        reports.ifPresent(service -> {
            try {
                service.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
