package mqworkbook.workbench.brokers.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** When a process began: with its number a name that no other process ever has, since numbers are used again. */
public final class ProcessStart {

    /** What is told where the system tells nothing. */
    public static final long UNKNOWN = -1;

    /** Of the fields behind the program's name; proc(5), {@code starttime}. */
    private static final int START_TIME = 19;

    private ProcessStart() {}

    /**
     * The same number for the same process whoever asks, and whenever. On Linux that is in clock ticks since the boot: a
     * time of day, as {@link ProcessHandle.Info#startInstant()} computes it there, moves with each adjustment of the clock.
     */
    public static long of(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"));
            // The name stands in brackets, and may hold blanks and brackets.
            return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[START_TIME]);
        } catch (IOException | RuntimeException noSuchFileHere) {
            return process.info().startInstant().map(Instant::toEpochMilli).orElse(UNKNOWN);
        }
    }
}
