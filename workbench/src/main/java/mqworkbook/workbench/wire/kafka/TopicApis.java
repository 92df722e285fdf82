package mqworkbook.workbench.wire.kafka;

import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsResponseData;
import org.apache.kafka.common.protocol.ApiKeys;

/** Topics as an administrator makes and removes them; also a place to learn their ids. */
final class TopicApis {

    private TopicApis() {}

    static void addTo(ApiReaders readers) {
        readers.add(
                ApiKeys.CREATE_TOPICS,
                CreateTopicsRequestData.class,
                (request, facts) -> request.topics().forEach(topic -> facts.topic(topic.name())),
                CreateTopicsResponseData.class,
                (reply, facts) -> reply.topics()
                        .forEach(topic -> facts.topic(topic.name(), topic.topicId())
                                .error(topic.errorCode())
                                .put("error-message", topic.errorMessage())));
        readers.add(
                ApiKeys.DELETE_TOPICS,
                DeleteTopicsRequestData.class,
                TopicApis::delete,
                DeleteTopicsResponseData.class,
                (reply, facts) -> reply.responses()
                        .forEach(topic -> facts.topic(topic.name(), topic.topicId())
                                .error(topic.errorCode())
                                .put("error-message", topic.errorMessage())));
        readers.add(
                ApiKeys.DESCRIBE_TOPIC_PARTITIONS,
                DescribeTopicPartitionsRequestData.class,
                (request, facts) -> request.topics().forEach(topic -> facts.topic(topic.name())),
                DescribeTopicPartitionsResponseData.class,
                (reply, facts) -> reply.topics()
                        .forEach(topic ->
                                facts.topic(topic.name(), topic.topicId()).error(topic.errorCode())));
    }

    private static void delete(DeleteTopicsRequestData request, Facts facts) {
        request.topicNames().forEach(facts::topic);
        request.topics().forEach(topic -> facts.topic(topic.name(), topic.topicId()));
    }
}
