/** RocketMQ in all three ways. */
package mqworkbook.workbench.brokers.rocketmq;
