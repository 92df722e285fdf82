/** Redis in all three ways. */
package mqworkbook.workbench.brokers.redis;
