/** Kafka in all three ways. */
package mqworkbook.workbench.brokers.kafka;
