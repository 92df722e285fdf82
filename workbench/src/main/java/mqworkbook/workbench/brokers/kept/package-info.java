/** Brokers that a process of their own keeps running between runs, and the runs that borrow them. */
package mqworkbook.workbench.brokers.kept;
