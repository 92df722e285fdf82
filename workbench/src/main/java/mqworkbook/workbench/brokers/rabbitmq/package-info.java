/** RabbitMQ 3.10 to 4.x, as a local process, in a container, or run by somebody else. */
package mqworkbook.workbench.brokers.rabbitmq;
