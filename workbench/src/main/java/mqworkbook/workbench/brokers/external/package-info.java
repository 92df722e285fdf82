/** Brokers that somebody else runs: where their addresses come from. */
package mqworkbook.workbench.brokers.external;
