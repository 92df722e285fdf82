package mqworkbook.workbench.brokers.guard;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A process and all its descendants.
 *
 * @param pid process id
 * @param started its {@link ProcessStart}, so that a recycled pid is never killed; where that is unknown, the process is
 *     left alone
 */
record OwnedProcess(long pid, long started) implements Belonging {

    static final String KIND = "process";

    static OwnedProcess of(ProcessHandle process) {
        return new OwnedProcess(process.pid(), ProcessStart.of(process));
    }

    static OwnedProcess parse(String text) {
        int blank = text.indexOf(' ');
        return new OwnedProcess(Long.parseLong(text.substring(0, blank)), Long.parseLong(text.substring(blank + 1)));
    }

    @Override
    public void clear() {
        Optional<ProcessHandle> process = handle();
        if (process.isEmpty()) {
            return;
        }
        // Descendants first into a list: once their parent is dead they can no longer be found.
        List<ProcessHandle> tree = new ArrayList<>();
        tree.add(process.get());
        process.get().descendants().forEach(tree::add);
        for (ProcessHandle member : tree) {
            member.destroyForcibly();
        }
    }

    @Override
    public boolean gone() {
        return handle().isEmpty();
    }

    @Override
    public String line() {
        return KIND + " " + pid + " " + started;
    }

    private Optional<ProcessHandle> handle() {
        return ProcessHandle.of(pid).filter(OwnedProcess::lives).filter(this::isTheSame);
    }

    /** A dead process that nobody has reaped yet (in a container without an init process nobody does) is dead. */
    private static boolean lives(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private boolean isTheSame(ProcessHandle candidate) {
        return started != ProcessStart.UNKNOWN && started == ProcessStart.of(candidate);
    }
}
