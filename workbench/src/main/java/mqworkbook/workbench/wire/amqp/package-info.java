/** AMQP 0-9-1 on the wire: frames, and the methods in them as the RabbitMQ Java client 5.37.1 decodes them. */
package mqworkbook.workbench.wire.amqp;
