package mqworkbook.transactions.shop;

import org.apache.rocketmq.remoting.RPCHook;

/**
 * How to get to RocketMQ.
 *
 * @param nameServer {@code host:port}
 * @param login to be given to each producer and consumer; {@code null} where the broker asks nobody who he is
 */
public record RocketMqAddress(String nameServer, RPCHook login) {}
