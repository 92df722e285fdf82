package mqworkbook.workbench.answer;

/**
 * A place in the skeleton where the learner has something to write.
 *
 * @param step number of the step that asks for it
 * @param place the file, as a path below the source root
 * @param method class, name and parameter types as written: {@code Topology.declare(Channel)}
 * @param goal what is to be done, in one sentence
 */
public record Gap(int step, String place, String method, String goal) {}
