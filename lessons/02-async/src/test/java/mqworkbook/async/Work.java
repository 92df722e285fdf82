package mqworkbook.async;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/** What the tools do to each video, on whichever machine: how often it was tried, what is held, and what fails. */
final class Work {

    private final Map<String, Integer> attempts = new HashMap<>();
    private final Map<String, Set<String>> machines = new HashMap<>();
    private final Set<String> transcoded = new HashSet<>();
    private final Set<String> thumbnails = new HashSet<>();
    private final Set<String> held = new HashSet<>();
    private final Set<String> released = new HashSet<>();
    private final Map<String, String> atWork = new TreeMap<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Set<String> banned = new HashSet<>();
    private volatile Runnable effort = () -> {};
    private int mostAtOnce;

    /** The work on this video does not end before {@link #release}. */
    synchronized Work hold(String... videoIds) {
        held.addAll(List.of(videoIds));
        return this;
    }

    synchronized void release(String... videoIds) {
        List.of(videoIds).forEach(held::remove);
        notifyAll();
    }

    /** On this machine all goes on. */
    synchronized void releaseOn(String machine) {
        released.add(machine);
        notifyAll();
    }

    synchronized void releaseAll() {
        held.clear();
        notifyAll();
    }

    /** The first attempts at this video fail. */
    synchronized Work fail(String videoId, int times) {
        failures.put(videoId, times);
        return this;
    }

    /** Every attempt at this video fails. */
    Work fail(String videoId) {
        return fail(videoId, Integer.MAX_VALUE);
    }

    /** Moderation does not let this video pass. */
    synchronized Work ban(String videoId) {
        banned.add(videoId);
        return this;
    }

    /** What each attempt costs. */
    Work costing(Runnable effort) {
        this.effort = effort;
        return this;
    }

    void transcode(String machine, String videoId, BooleanSupplier dead) throws InterruptedException {
        begin(machine, videoId, dead);
        try {
            effort.run();
            synchronized (this) {
                int left = failures.getOrDefault(videoId, 0);
                if (left > 0) {
                    failures.put(videoId, left == Integer.MAX_VALUE ? left : left - 1);
                    throw new IllegalStateException("transcoder: " + videoId + ": unknown codec");
                }
                transcoded.add(videoId);
            }
        } finally {
            end(machine, videoId);
        }
    }

    synchronized void thumbnails(String videoId) {
        thumbnails.add(videoId);
    }

    synchronized boolean isAllowed(String videoId) {
        return !banned.contains(videoId);
    }

    synchronized boolean isComplete(String videoId) {
        return transcoded.contains(videoId) && thumbnails.contains(videoId);
    }

    synchronized int attempts(String videoId) {
        return attempts.getOrDefault(videoId, 0);
    }

    /** Which machines have begun with a video. */
    synchronized Set<String> machines(String videoId) {
        return Set.copyOf(machines.getOrDefault(videoId, Set.of()));
    }

    synchronized boolean isAtWork(String videoId) {
        return atWork.containsValue(videoId);
    }

    synchronized boolean isAtWork(String videoId, String machine) {
        return atWork.containsKey(machine + " " + videoId);
    }

    /** How many attempts were going on at the same time, at most. */
    synchronized int mostAtOnce() {
        return mostAtOnce;
    }

    private synchronized void begin(String machine, String videoId, BooleanSupplier dead) throws InterruptedException {
        attempts.merge(videoId, 1, Integer::sum);
        machines.computeIfAbsent(videoId, absent -> new HashSet<>()).add(machine);
        atWork.put(machine + " " + videoId, videoId);
        mostAtOnce = Math.max(mostAtOnce, atWork.size());
        while (held.contains(videoId) && !released.contains(machine) && !dead.getAsBoolean()) {
            wait();
        }
    }

    private synchronized void end(String machine, String videoId) {
        atWork.remove(machine + " " + videoId);
        notifyAll();
    }

    /** Lets those look again who are held: somebody has died. */
    synchronized void wake() {
        notifyAll();
    }
}
