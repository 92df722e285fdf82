/** What servers as child processes have in common, whichever product they are. */
package mqworkbook.workbench.brokers.process;
