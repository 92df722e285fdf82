/**
 * Nothing outlives the run: one small process per run, the guardian, owns its processes, containers and folders and
 * clears them when the run is gone, however it ended.
 *
 * <p>{@link mqworkbook.workbench.brokers.guard.Guard} is the run's end of the pipe; {@link
 * mqworkbook.workbench.brokers.guard.Guardian} is the other. The classes of this package use nothing but the JDK.
 */
package mqworkbook.workbench.brokers.guard;
