package mqworkbook.workbench.brokers.rocketmq;

import java.io.IOException;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Endpoint;
import org.apache.rocketmq.remoting.exception.RemotingException;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.netty.NettyRemotingClient;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.ResponseCode;

/** RocketMQ's protocol without a whole client around it: one question, one answer. */
final class RemotingLine implements AutoCloseable {

    private static final int MILLIS = 3_000;

    private final NettyRemotingClient client;

    /** Connects when the first question is asked. */
    RemotingLine(Endpoint login) {
        NettyClientConfig config = new NettyClientConfig();
        config.setClientWorkerThreads(1);
        config.setConnectTimeoutMillis(MILLIS);
        client = new NettyRemotingClient(config);
        RocketMqLogin.hook(login).ifPresent(client::registerRPCHook);
        client.start();
    }

    /**
     * The answer of whoever listens at {@code host:port}.
     *
     * @throws RefusedAnswer when it does not say success
     * @throws IOException when there is none within 3 s
     */
    RemotingCommand ask(String address, RemotingCommand question) throws IOException {
        try {
            RemotingCommand answer = client.invokeSync(address, question, MILLIS);
            if (answer.getCode() != ResponseCode.SUCCESS) {
                throw new RefusedAnswer(answer.getCode(), answer.getRemark());
            }
            return answer;
        } catch (RemotingException e) {
            throw new IOException(address + " does not answer (" + e.getMessage() + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnavailableException("Waiting for RocketMQ was interrupted", e);
        }
    }

    /** An answer that is no success. */
    static final class RefusedAnswer extends IOException {

        private static final long serialVersionUID = 1L;

        private final int code;

        RefusedAnswer(int code, String remark) {
            super("answer " + code + ": " + remark);
            this.code = code;
        }

        /** Whether user or password are at fault. */
        boolean isForLackOfPermission() {
            return code == ResponseCode.NO_PERMISSION;
        }
    }

    @Override
    public void close() {
        client.shutdown();
    }
}
