/** Container engines: whether one answers, which images it has, and their removal, without hanging. */
package mqworkbook.workbench.brokers.docker;
