/** What is fetched or built once and kept for later runs of the same user. */
package mqworkbook.workbench.brokers.cache;
