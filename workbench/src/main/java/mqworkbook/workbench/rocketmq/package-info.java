/** RocketMQ as a lesson's tests see it. */
package mqworkbook.workbench.rocketmq;
