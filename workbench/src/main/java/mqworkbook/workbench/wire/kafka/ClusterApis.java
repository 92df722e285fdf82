package mqworkbook.workbench.wire.kafka;

import java.util.List;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.DescribeClusterResponseData;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.FindCoordinatorResponseData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.protocol.ApiKeys;

/** Who is where: what clients ask before they go to work. */
final class ClusterApis {

    private static final byte GROUP = 0;
    private static final byte TRANSACTION = 1;

    private ClusterApis() {}

    static void addTo(ApiReaders readers) {
        readers.add(
                ApiKeys.METADATA,
                MetadataRequestData.class,
                ClusterApis::metadata,
                MetadataResponseData.class,
                ClusterApis::answered);
        readers.add(
                ApiKeys.FIND_COORDINATOR,
                FindCoordinatorRequestData.class,
                ClusterApis::find,
                FindCoordinatorResponseData.class,
                ClusterApis::found);
        readers.add(
                ApiKeys.DESCRIBE_CLUSTER,
                DescribeClusterRequestData.class,
                (request, facts) -> {},
                DescribeClusterResponseData.class,
                ClusterApis::described);
    }

    private static void metadata(MetadataRequestData request, Facts facts) {
        if (request.topics() != null) {
            request.topics().forEach(topic -> facts.topic(topic.name(), topic.topicId()));
        }
    }

    private static void answered(MetadataResponseData reply, Facts facts) {
        facts.error(reply.errorCode())
                .put(
                        "brokers",
                        reply.brokers().stream()
                                .map(node -> node(node.nodeId(), node.host(), node.port()))
                                .toList());
        reply.topics()
                .forEach(topic -> facts.topic(topic.name(), topic.topicId()).error(topic.errorCode()));
    }

    private static void find(FindCoordinatorRequestData request, Facts facts) {
        String field = request.keyType() == GROUP
                ? "group-id"
                : request.keyType() == TRANSACTION ? "transactional-id" : "coordinator-key";
        List<String> keys = request.coordinatorKeys();
        // Version 3 and before ask for one key, later ones may ask for several.
        facts.put(field, keys.isEmpty() ? request.key() : keys.size() == 1 ? keys.get(0) : keys);
    }

    private static void found(FindCoordinatorResponseData reply, Facts facts) {
        facts.error(reply.errorCode());
        reply.coordinators().forEach(one -> facts.error(one.errorCode()));
        List<String> nodes = reply.coordinators().stream()
                .filter(one -> one.port() > 0)
                .map(one -> node(one.nodeId(), one.host(), one.port()))
                .distinct()
                .toList();
        if (reply.port() > 0) {
            facts.put("coordinator", node(reply.nodeId(), reply.host(), reply.port()));
        } else {
            facts.put("coordinator", nodes.size() == 1 ? nodes.get(0) : nodes);
        }
    }

    private static void described(DescribeClusterResponseData reply, Facts facts) {
        facts.error(reply.errorCode())
                .put(
                        "brokers",
                        reply.brokers().stream()
                                .map(node -> node(node.brokerId(), node.host(), node.port()))
                                .toList());
    }

    /** {@code 1@localhost:9092}, as Kafka's own configuration writes voters. */
    private static String node(int id, String host, int port) {
        return id + "@" + host + ":" + port;
    }
}
