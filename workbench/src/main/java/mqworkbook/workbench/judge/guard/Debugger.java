package mqworkbook.workbench.judge.guard;

import java.lang.management.ManagementFactory;
import java.util.List;

/** Whether a debugger may stop the code of this JVM for as long as it likes. */
final class Debugger {

    private static final boolean ATTACHED =
            isAskedForBy(ManagementFactory.getRuntimeMXBean().getInputArguments());

    private Debugger() {}

    static boolean isAttached() {
        return ATTACHED;
    }

    /** The JVM's arguments name the debugger's agent: {@code -agentlib:jdwp}, or its old form. */
    static boolean isAskedForBy(List<String> arguments) {
        return arguments.stream()
                .anyMatch(argument -> argument.startsWith("-agentlib:jdwp") || argument.startsWith("-Xrunjdwp"));
    }
}
