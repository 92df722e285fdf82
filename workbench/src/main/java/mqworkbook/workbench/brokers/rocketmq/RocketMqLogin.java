package mqworkbook.workbench.brokers.rocketmq;

import java.util.Optional;
import mqworkbook.workbench.brokers.Endpoint;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.remoting.RPCHook;

/** What a RocketMQ client is given so that it is let in. */
public final class RocketMqLogin {

    private RocketMqLogin() {}

    /** A hook that signs requests with access key and secret key; empty without a user. */
    public static Optional<RPCHook> hook(Endpoint broker) {
        return broker.username().isEmpty()
                ? Optional.empty()
                : Optional.of(new AclClientRPCHook(new SessionCredentials(broker.username(), broker.password())));
    }
}
