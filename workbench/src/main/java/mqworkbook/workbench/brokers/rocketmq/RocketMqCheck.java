package mqworkbook.workbench.brokers.rocketmq;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Endpoint;
import org.apache.rocketmq.common.MQVersion;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.body.ClusterInfo;
import org.apache.rocketmq.remoting.protocol.heartbeat.HeartbeatData;

/**
 * Goes a client's way: asks the name server for a broker, and sends the broker a heartbeat. Every answer carries the
 * version of who gives it (RocketMQ 5.5.0, {@code RemotingCommand}).
 */
final class RocketMqCheck {

    private static final int OLDEST = MQVersion.Version.V5_0_0.ordinal();
    private static final Endpoint ANYBODY = new Endpoint("", 0, "", "", "");
    private static final String OLD = "before 5.0";

    private RocketMqCheck() {}

    /**
     * The broker's version, {@code 5.5.0}, or {@link #OLD}.
     *
     * @throws IOException when the name server sends clients nowhere, or the broker does not let this user in
     */
    static String version(Endpoint nameServer) throws IOException {
        try (RemotingLine line = new RemotingLine(nameServer)) {
            int version = line.ask(master(line, nameServer), heartbeat()).getVersion();
            return version < OLDEST ? OLD : text(MQVersion.getVersionDesc(version));
        }
    }

    static void requireSupported(String found) {
        if (found.equals(OLD)) {
            throw new BrokerUnavailableException(
                    "RocketMQ " + OLD + " is not supported, the workbook needs 5.0 or newer: "
                            + "name a newer one, or run with -Dbrokers=local");
        }
    }

    /**
     * Makes a broker tell its name server that it is there, which it does by itself ten seconds late when the name
     * server was not there first: any change of its settings has that effect.
     *
     * @param broker {@code host:port}
     */
    static void register(String broker) throws IOException {
        try (RemotingLine line = new RemotingLine(ANYBODY)) {
            RemotingCommand change = RemotingCommand.createRequestCommand(RequestCode.UPDATE_BROKER_CONFIG, null);
            change.setBody("brokerPermission=6".getBytes(StandardCharsets.UTF_8));
            line.ask(broker, change);
        }
    }

    /** Where the name server sends clients: {@code host:port}. */
    static String master(RemotingLine line, Endpoint nameServer) throws IOException {
        RemotingCommand question = RemotingCommand.createRequestCommand(RequestCode.GET_BROKER_CLUSTER_INFO, null);
        byte[] answer =
                line.ask(nameServer.host() + ":" + nameServer.port(), question).getBody();
        return ClusterInfo.decode(answer, ClusterInfo.class).getBrokerAddrTable().values().stream()
                .map(broker -> broker.getBrokerAddrs().get(MixAll.MASTER_ID))
                .filter(address -> address != null)
                .findFirst()
                .orElseThrow(() -> new IOException("the name server knows no broker"));
    }

    /** Of a client without producers and consumers, so it needs no rights but to be known. */
    private static RemotingCommand heartbeat() {
        HeartbeatData data = new HeartbeatData();
        data.setClientID("workbook-" + UUID.randomUUID());
        RemotingCommand heartbeat = RemotingCommand.createRequestCommand(RequestCode.HEART_BEAT, null);
        heartbeat.setBody(data.encode());
        return heartbeat;
    }

    /** Of {@code V5_5_0}, or {@code V5_5_0_SNAPSHOT}. */
    private static String text(String constant) {
        return constant.toLowerCase(Locale.ROOT)
                .replaceFirst("^v", "")
                .replaceFirst("_[a-z].*", "")
                .replace('_', '.');
    }
}
