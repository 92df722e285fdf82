/** Kafka on the wire: requests and replies as the codecs of kafka-clients 4.4.0 read them, and addresses that stay on the relay. */
package mqworkbook.workbench.wire.kafka;
