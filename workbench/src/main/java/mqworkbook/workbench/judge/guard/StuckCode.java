package mqworkbook.workbench.judge.guard;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import mqworkbook.workbench.judge.learner.LearnerCode;

/** Says where code that does not come back is: a thread dump trimmed to the learner's code. */
final class StuckCode {

    private static final List<String> LIBRARIES = List.of("java.", "jdk.", "sun.", "org.awaitility.");

    private StuckCode() {}

    /**
     * Looks at all threads.
     *
     * @param worker the thread whose time is over
     */
    static TookTooLong describe(Thread worker, Duration limit, LearnerCode learner) {
        StackTraceElement[] stack = written(worker.getStackTrace());
        Optional<Position> own = position(worker, stack, learner);
        List<Position> others = others(worker, learner);
        List<String> lines = new ArrayList<>();
        String late = " did not come back within " + text(limit);
        lines.add(own.map(position -> "Your code" + late + ": it is at " + position.text)
                .orElseGet(() -> "The test" + late + waiting(worker, stack)));
        others.forEach(other -> lines.add((own.isPresent() ? "Also" : "Your code is") + " at " + other.text
                + ", on thread \"" + other.thread.getName() + "\""));
        StackTraceElement[] shown = own.isEmpty() && !others.isEmpty() ? others.get(0).stack : stack;
        return new TookTooLong(String.join("\n", lines), shown);
    }

    private record Position(Thread thread, StackTraceElement[] stack, String text) {}

    private static List<Position> others(Thread worker, LearnerCode learner) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(entry -> entry.getKey() != worker)
                .sorted(Comparator.comparingLong((Map.Entry<Thread, StackTraceElement[]> entry) ->
                        entry.getKey().getId()))
                .flatMap(entry -> position(entry.getKey(), written(entry.getValue()), learner).stream())
                .toList();
    }

    /** The learner's innermost frame, and the call in it that has not returned. */
    private static Optional<Position> position(Thread thread, StackTraceElement[] stack, LearnerCode learner) {
        return IntStream.range(0, stack.length)
                .filter(i -> learner.contains(stack[i].getClassName()))
                .mapToObj(i -> new Position(thread, stack, LearnerCode.describe(stack[i]) + call(thread, stack, i)))
                .findFirst();
    }

    /** Without the classes that the JVM makes for lambdas, which have no source. */
    private static StackTraceElement[] written(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .filter(frame -> !frame.getClassName().contains("$$Lambda"))
                .toArray(StackTraceElement[]::new);
    }

    private static String call(Thread thread, StackTraceElement[] stack, int caller) {
        if (caller == 0) {
            return "";
        }
        String what = switch (thread.getState()) {
            case WAITING, TIMED_WAITING, BLOCKED -> ", waiting in ";
            default -> ", in ";
        };
        return what + name(stack[caller - 1]);
    }

    /** The test's innermost frame that is neither Java's nor a library's for waiting. */
    private static String waiting(Thread worker, StackTraceElement[] stack) {
        return IntStream.range(0, stack.length)
                .filter(i -> LIBRARIES.stream().noneMatch(stack[i].getClassName()::startsWith))
                .mapToObj(i -> ": it is at " + LearnerCode.describe(stack[i]) + call(worker, stack, i)
                        + ", and your code is not running in it")
                .findFirst()
                .orElse("");
    }

    private static String name(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.substring(type.lastIndexOf('.') + 1).replace('$', '.') + "." + frame.getMethodName();
    }

    private static String text(Duration limit) {
        return limit.toMillisPart() == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }
}
