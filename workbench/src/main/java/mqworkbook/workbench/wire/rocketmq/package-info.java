/** RocketMQ's remoting protocol on the wire, decoded by the codec of its Java client 5.5.0. */
package mqworkbook.workbench.wire.rocketmq;
