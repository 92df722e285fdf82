/**
 * What every kind of broker keeps, whichever way it is run. The way is chosen with {@code -Dbrokers}; local unless told.
 * {@link mqworkbook.workbench.brokers.contract.Subject} is one kind run in that way, {@link
 * mqworkbook.workbench.brokers.contract.ForkedRun} a run in a JVM of its own.
 */
package mqworkbook.workbench.brokers.contract;
