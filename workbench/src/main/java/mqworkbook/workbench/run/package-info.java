/**
 * Judges many answers in one JVM: {@link mqworkbook.workbench.run.JudgeProcess} is the JVM's main class,
 * {@link mqworkbook.workbench.run.Judge} starts it, asks it for runs, and outlives it.
 */
package mqworkbook.workbench.run;
