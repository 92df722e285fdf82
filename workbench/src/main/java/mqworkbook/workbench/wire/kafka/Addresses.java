package mqworkbook.workbench.wire.kafka;

import java.net.InetSocketAddress;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import mqworkbook.workbench.wire.Detours;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.message.ShareAcknowledgeResponseData;
import org.apache.kafka.common.message.ShareFetchResponseData;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * Replaces the addresses in replies that a client of Kafka 4.4.0 connects to. Those that it only reports stay: the
 * quorum's (DescribeQuorum), and those of applications (StreamsGroupHeartbeat, StreamsGroupDescribe).
 */
final class Addresses {

    private final Detours detours;
    private boolean changed;

    Addresses(Detours detours) {
        this.detours = detours;
    }

    /** Leads all addresses in the reply around; false when it is as it was. */
    boolean replace(ApiMessage reply) {
        changed = false;
        if (reply instanceof MetadataResponseData metadata) {
            metadata.brokers().forEach(node -> lead(node.host(), node.port(), node::setHost, node::setPort));
        } else if (reply instanceof FindCoordinatorResponseData found) {
            lead(found.host(), found.port(), found::setHost, found::setPort);
            found.coordinators().forEach(node -> lead(node.host(), node.port(), node::setHost, node::setPort));
        } else if (reply instanceof DescribeClusterResponseData cluster) {
            cluster.brokers().forEach(node -> lead(node.host(), node.port(), node::setHost, node::setPort));
        } else if (reply instanceof ProduceResponseData produced) {
            produced.nodeEndpoints().forEach(node -> lead(node.host(), node.port(), node::setHost, node::setPort));
        } else if (reply instanceof FetchResponseData fetched) {
            fetched.nodeEndpoints().forEach(node -> lead(node.host(), node.port(), node::setHost, node::setPort));
        } else if (reply instanceof ShareFetchResponseData fetched) {
            fetched.nodeEndpoints().forEach(node -> lead(node.host(), node.port(), node::setHost, node::setPort));
        } else if (reply instanceof ShareAcknowledgeResponseData acknowledged) {
            acknowledged.nodeEndpoints().forEach(node -> lead(node.host(), node.port(), node::setHost, node::setPort));
        }
        return changed;
    }

    private void lead(String host, int port, Consumer<String> newHost, IntConsumer newPort) {
        if (host == null || host.isEmpty() || port < 1 || port > 0xFFFF) {
            // No such node: a coordinator that is not available has no address.
            return;
        }
        // Resolved here, once, if it can be: the same broker must have the same port of the relay by name and by
        // number.
        InetSocketAddress advertised = new InetSocketAddress(host, port);
        InetSocketAddress detour = detours.around(advertised);
        if (!detour.equals(advertised)) {
            newHost.accept(detour.getHostString());
            newPort.accept(detour.getPort());
            changed = true;
        }
    }
}
