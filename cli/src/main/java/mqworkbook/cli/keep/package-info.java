/** Brokers that stay between runs, and how long brokers take to start. */
package mqworkbook.cli.keep;
