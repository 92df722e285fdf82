package mqworkbook.workbench.judge.report;

import java.util.List;
import java.util.Optional;

/** Where things are in the workbook, for a reader who stands at its root. */
public interface Places {

    /** The frames of the learner's code in a stack, innermost first. */
    List<StackTraceElement> learnerFrames(Throwable thrown);

    /** File and line of a frame: {@code lessons/01-decoupling/src/main/java/.../Topology.java:23}. */
    Optional<String> line(StackTraceElement frame);

    /** File and line of a method of the learner's, given as {@code "EventCodec#write"}. */
    Optional<String> method(String method);

    /** The hints of a step. */
    Optional<String> hint(String lesson, int step);

    /** The command that tells the story of the lesson's last run; empty where nobody keeps it. */
    default Optional<String> story(String lesson) {
        return Optional.empty();
    }
}
