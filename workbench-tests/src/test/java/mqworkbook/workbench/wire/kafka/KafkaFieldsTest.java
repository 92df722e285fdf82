package mqworkbook.workbench.wire.kafka;

import static mqworkbook.workbench.wire.kafka.KafkaFrames.records;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import mqworkbook.workbench.wire.WireMessage;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.AddOffsetsToTxnRequestData;
import org.apache.kafka.common.message.AddPartitionsToTxnRequestData;
import org.apache.kafka.common.message.AddPartitionsToTxnResponseData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsResponseData;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.EndTxnResponseData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.InitProducerIdResponseData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.ShareAcknowledgeRequestData;
import org.apache.kafka.common.message.ShareFetchRequestData;
import org.apache.kafka.common.message.ShareFetchResponseData;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What is told of each message that lessons look at. */
class KafkaFieldsTest {

    private final Dialogue dialogue = new Dialogue();

    @Nested
    class Fetching {

        @Test
        void aRequestTellsFromWhereAndAReplyWhatCame() {
            WireMessage request = ask(
                    ApiKeys.FETCH,
                    12,
                    new FetchRequestData()
                            .setIsolationLevel((byte) 1)
                            .setTopics(List.of(new FetchRequestData.FetchTopic()
                                    .setTopic("uploads")
                                    .setPartitions(List.of(fetch(0).setFetchOffset(40), fetch(1).setFetchOffset(7))))));
            assertThat(request.field("isolation-level")).isEqualTo("read_committed");
            assertThat(KafkaPart.of(request, "uploads", 1).orElseThrow().field("fetch-offset"))
                    .isEqualTo("7");

            WireMessage reply = answer(
                    ApiKeys.FETCH,
                    12,
                    new FetchResponseData()
                            .setResponses(List.of(new FetchResponseData.FetchableTopicResponse()
                                    .setTopic("uploads")
                                    .setPartitions(List.of(
                                            fetched(0).setHighWatermark(43).setRecords(recordsAt(40, "a", "b", "c")),
                                            fetched(1).setHighWatermark(7).setRecords(MemoryRecords.EMPTY))))));
            assertThat(reply.fields())
                    .containsEntry("topic", "uploads")
                    .containsEntry("partition", 0)
                    .containsEntry("fetch-offset", 40L)
                    .containsEntry("first-offset", 40L)
                    .containsEntry("last-offset", 42L)
                    .containsEntry("record-count", 3L)
                    .containsEntry("high-watermark", 43L)
                    .doesNotContainKeys("keys", "partitions");
        }

        @Test
        void anErrorOfOnePartitionIsTold() {
            ask(ApiKeys.FETCH, 12, new FetchRequestData());
            WireMessage reply = answer(
                    ApiKeys.FETCH,
                    12,
                    new FetchResponseData()
                            .setResponses(List.of(new FetchResponseData.FetchableTopicResponse()
                                    .setTopic("uploads")
                                    .setPartitions(List.of(fetched(3).setErrorCode((short) 1))))));
            assertThat(reply.fields())
                    .containsEntry("error", "OFFSET_OUT_OF_RANGE")
                    .containsEntry("partition", 3);
        }

        private FetchRequestData.FetchPartition fetch(int partition) {
            return new FetchRequestData.FetchPartition().setPartition(partition);
        }

        private FetchResponseData.PartitionData fetched(int partition) {
            return new FetchResponseData.PartitionData().setPartitionIndex(partition);
        }

        private MemoryRecords recordsAt(long offset, String... keys) {
            SimpleRecord[] records = java.util.Arrays.stream(keys)
                    .map(key -> new SimpleRecord(1L, key.getBytes(), new byte[0]))
                    .toArray(SimpleRecord[]::new);
            return MemoryRecords.withRecords(offset, Compression.gzip().build(), records);
        }
    }

    @Nested
    class Offsets {

        @Test
        void aCommitTellsGroupMemberAndEachOffset() {
            WireMessage request = ask(
                    ApiKeys.OFFSET_COMMIT,
                    8,
                    new OffsetCommitRequestData()
                            .setGroupId("g")
                            .setMemberId("m")
                            .setGenerationIdOrMemberEpoch(4)
                            .setTopics(List.of(new OffsetCommitRequestData.OffsetCommitRequestTopic()
                                    .setName("uploads")
                                    .setPartitions(List.of(commit(0, 0), commit(1, 9))))));
            assertThat(request.fields())
                    .containsEntry("group-id", "g")
                    .containsEntry("member-id", "m")
                    .containsEntry("generation-id", 4)
                    .containsEntry("topic", "uploads");
            assertThat(KafkaPart.of(request))
                    .extracting(KafkaPart::toString)
                    .containsExactly("uploads-0 offset=0", "uploads-1 offset=9");

            WireMessage reply = answer(
                    ApiKeys.OFFSET_COMMIT,
                    8,
                    new OffsetCommitResponseData()
                            .setTopics(List.of(new OffsetCommitResponseData.OffsetCommitResponseTopic()
                                    .setName("uploads")
                                    .setPartitions(List.of(committed(0, 0), committed(1, 25))))));
            assertThat(reply.fields())
                    .containsEntry("error", "UNKNOWN_MEMBER_ID")
                    .containsEntry("group-id", "g");
            assertThat(KafkaPart.of(reply))
                    .extracting(KafkaPart::toString)
                    .containsExactly("uploads-0 offset=0", "uploads-1 error=UNKNOWN_MEMBER_ID offset=9");
        }

        @Test
        void aFetchOfSeveralGroupsAndOneOfOldAreRead() {
            WireMessage request = ask(
                    ApiKeys.OFFSET_FETCH,
                    8,
                    new OffsetFetchRequestData()
                            .setGroups(List.of(new OffsetFetchRequestData.OffsetFetchRequestGroup()
                                    .setGroupId("g")
                                    .setTopics(List.of(new OffsetFetchRequestData.OffsetFetchRequestTopics()
                                            .setName("uploads")
                                            .setPartitionIndexes(List.of(2)))))));
            assertThat(request.fields()).containsEntry("group-id", "g").containsEntry("partition", 2);
            WireMessage reply = answer(
                    ApiKeys.OFFSET_FETCH,
                    8,
                    new OffsetFetchResponseData()
                            .setGroups(List.of(new OffsetFetchResponseData.OffsetFetchResponseGroup()
                                    .setGroupId("g")
                                    .setTopics(List.of(new OffsetFetchResponseData.OffsetFetchResponseTopics()
                                            .setName("uploads")
                                            .setPartitions(
                                                    List.of(new OffsetFetchResponseData.OffsetFetchResponsePartitions()
                                                            .setPartitionIndex(2)
                                                            .setCommittedOffset(12))))))));
            assertThat(reply.fields()).containsEntry("offset", 12L).containsEntry("topic", "uploads");

            WireMessage old = ask(
                    ApiKeys.OFFSET_FETCH,
                    5,
                    new OffsetFetchRequestData()
                            .setGroupId("old")
                            .setTopics(List.of(new OffsetFetchRequestData.OffsetFetchRequestTopic()
                                    .setName("uploads")
                                    .setPartitionIndexes(List.of(0)))));
            assertThat(old.fields()).containsEntry("group-id", "old").containsEntry("topic", "uploads");
        }

        @Test
        void aLookUpTellsWhatIsAskedFor() {
            WireMessage request = ask(
                    ApiKeys.LIST_OFFSETS,
                    7,
                    new ListOffsetsRequestData()
                            .setTopics(List.of(new ListOffsetsRequestData.ListOffsetsTopic()
                                    .setName("uploads")
                                    .setPartitions(List.of(new ListOffsetsRequestData.ListOffsetsPartition()
                                            .setPartitionIndex(0)
                                            .setTimestamp(-2))))));
            assertThat(request.field("timestamp")).isEqualTo("earliest");
            WireMessage reply = answer(
                    ApiKeys.LIST_OFFSETS,
                    7,
                    new ListOffsetsResponseData()
                            .setTopics(List.of(new ListOffsetsResponseData.ListOffsetsTopicResponse()
                                    .setName("uploads")
                                    .setPartitions(List.of(new ListOffsetsResponseData.ListOffsetsPartitionResponse()
                                            .setPartitionIndex(0)
                                            .setOffset(0))))));
            assertThat(reply.field("offset")).isEqualTo("0");
        }

        private OffsetCommitRequestData.OffsetCommitRequestPartition commit(int partition, long offset) {
            return new OffsetCommitRequestData.OffsetCommitRequestPartition()
                    .setPartitionIndex(partition)
                    .setCommittedOffset(offset);
        }

        private OffsetCommitResponseData.OffsetCommitResponsePartition committed(int partition, int error) {
            return new OffsetCommitResponseData.OffsetCommitResponsePartition()
                    .setPartitionIndex(partition)
                    .setErrorCode((short) error);
        }
    }

    @Nested
    class Groups {

        @Test
        void joiningTellsTheGenerationItsLeaderAndMembers() {
            ask(
                    ApiKeys.JOIN_GROUP,
                    9,
                    new JoinGroupRequestData().setGroupId("g").setProtocolType("consumer"));
            WireMessage reply = answer(
                    ApiKeys.JOIN_GROUP,
                    9,
                    new JoinGroupResponseData()
                            .setGenerationId(3)
                            .setProtocolName("range")
                            .setLeader("m")
                            .setMemberId("m")
                            .setMembers(List.of(
                                    new JoinGroupResponseData.JoinGroupResponseMember().setMemberId("m"),
                                    new JoinGroupResponseData.JoinGroupResponseMember().setMemberId("n"))));
            assertThat(reply.fields())
                    .containsEntry("group-id", "g")
                    .containsEntry("generation-id", 3)
                    .containsEntry("leader", "m")
                    .containsEntry("members", List.of("m", "n"));
        }

        @Test
        void anAssignmentIsReadWhereAConsumerHasMadeIt() {
            byte[] assignment = ConsumerProtocol.serializeAssignment(
                            new ConsumerPartitionAssignor.Assignment(List.of(new TopicPartition("uploads", 4))))
                    .array();
            ask(
                    ApiKeys.SYNC_GROUP,
                    5,
                    new SyncGroupRequestData().setGroupId("g").setMemberId("m"));
            assertThat(answer(ApiKeys.SYNC_GROUP, 5, new SyncGroupResponseData().setAssignment(assignment))
                            .fields())
                    .containsEntry("assignment", List.of("uploads-4"))
                    .containsEntry("member-id", "m");
            ask(ApiKeys.SYNC_GROUP, 5, new SyncGroupRequestData().setGroupId("g"));
            assertThat(answer(ApiKeys.SYNC_GROUP, 5, new SyncGroupResponseData().setAssignment(new byte[] {9, 9, 9}))
                            .name())
                    .isEqualTo("SyncGroup");
        }

        @Test
        void leavingNamesTheMember() {
            assertThat(ask(
                                    ApiKeys.LEAVE_GROUP,
                                    5,
                                    new LeaveGroupRequestData()
                                            .setGroupId("g")
                                            .setMembers(List.of(new LeaveGroupRequestData.MemberIdentity()
                                                    .setMemberId("m")
                                                    .setReason("the consumer is being closed"))))
                            .fields())
                    .containsEntry("member-id", "m")
                    .containsEntry("reason", "the consumer is being closed");
        }

        @Test
        void heartbeatsOfTheNewProtocolTellEpochsAndAssignments() {
            Uuid id = Uuid.randomUuid();
            WireMessage request = ask(
                    ApiKeys.CONSUMER_GROUP_HEARTBEAT,
                    1,
                    new ConsumerGroupHeartbeatRequestData()
                            .setGroupId("g")
                            .setMemberId("m")
                            .setMemberEpoch(-1)
                            .setSubscribedTopicNames(List.of("uploads")));
            assertThat(request.fields())
                    .containsEntry("member-epoch", -1)
                    .containsEntry("subscription", List.of("uploads"));
            WireMessage reply = answer(
                    ApiKeys.CONSUMER_GROUP_HEARTBEAT,
                    1,
                    new ConsumerGroupHeartbeatResponseData()
                            .setMemberId("m")
                            .setMemberEpoch(5)
                            .setAssignment(new ConsumerGroupHeartbeatResponseData.Assignment()
                                    .setTopicPartitions(List.of(new ConsumerGroupHeartbeatResponseData.TopicPartitions()
                                            .setTopicId(id)
                                            .setPartitions(List.of(0, 2))))));
            assertThat(reply.fields())
                    .containsEntry("group-id", "g")
                    .containsEntry("member-epoch", 5)
                    .containsEntry("assignment", List.of(id + "-0", id + "-2"));
        }

        @Test
        void shareGroupsTellWhatIsAcquiredAndHowItIsAcknowledged() {
            Uuid id = Uuid.randomUuid();
            ShareFetchRequestData request =
                    new ShareFetchRequestData().setGroupId("g").setMemberId("m");
            ShareFetchRequestData.FetchTopic topic = new ShareFetchRequestData.FetchTopic().setTopicId(id);
            topic.partitions()
                    .add(new ShareFetchRequestData.FetchPartition()
                            .setPartitionIndex(0)
                            .setAcknowledgementBatches(List.of(new ShareFetchRequestData.AcknowledgementBatch()
                                    .setFirstOffset(3)
                                    .setLastOffset(5)
                                    .setAcknowledgeTypes(List.of((byte) 2)))));
            request.topics().add(topic);
            assertThat(ask(ApiKeys.SHARE_FETCH, 1, request).field("acknowledged"))
                    .isEqualTo("[3-5 release]");
            ShareFetchResponseData reply = new ShareFetchResponseData();
            reply.responses()
                    .add(new ShareFetchResponseData.ShareFetchableTopicResponse()
                            .setTopicId(id)
                            .setPartitions(List.of(new ShareFetchResponseData.PartitionData()
                                    .setPartitionIndex(0)
                                    .setRecords(records("a"))
                                    .setAcquiredRecords(List.of(new ShareFetchResponseData.AcquiredRecords()
                                            .setFirstOffset(3)
                                            .setLastOffset(3)
                                            .setDeliveryCount((short) 2))))));
            assertThat(answer(ApiKeys.SHARE_FETCH, 1, reply).fields())
                    .containsEntry("acquired", List.of("3 x2"))
                    .containsEntry("group-id", "g");
            assertThat(ask(ApiKeys.SHARE_ACKNOWLEDGE, 1, new ShareAcknowledgeRequestData().setGroupId("g"))
                            .field("group-id"))
                    .isEqualTo("g");
        }
    }

    @Nested
    class Transactions {

        @Test
        void aProducerIdIsGivenOut() {
            ask(ApiKeys.INIT_PRODUCER_ID, 5, new InitProducerIdRequestData().setTransactionalId("tx"));
            assertThat(answer(
                                    ApiKeys.INIT_PRODUCER_ID,
                                    5,
                                    new InitProducerIdResponseData()
                                            .setProducerId(9)
                                            .setProducerEpoch((short) 1))
                            .fields())
                    .containsEntry("transactional-id", "tx")
                    .containsEntry("producer-id", 9L)
                    .containsEntry("producer-epoch", 1);
        }

        @Test
        void partitionsAndOffsetsAreAddedByOlderClients() {
            AddPartitionsToTxnRequestData request = new AddPartitionsToTxnRequestData()
                    .setV3AndBelowTransactionalId("tx")
                    .setV3AndBelowProducerId(9)
                    .setV3AndBelowProducerEpoch((short) 1);
            request.v3AndBelowTopics()
                    .add(new AddPartitionsToTxnRequestData.AddPartitionsToTxnTopic()
                            .setName("uploads")
                            .setPartitions(List.of(0, 1)));
            assertThat(KafkaPart.of(ask(ApiKeys.ADD_PARTITIONS_TO_TXN, 3, request)))
                    .extracting(KafkaPart::partition)
                    .containsExactly(0, 1);
            AddPartitionsToTxnResponseData reply = new AddPartitionsToTxnResponseData();
            AddPartitionsToTxnResponseData.AddPartitionsToTxnTopicResult topic =
                    new AddPartitionsToTxnResponseData.AddPartitionsToTxnTopicResult().setName("uploads");
            topic.resultsByPartition()
                    .add(new AddPartitionsToTxnResponseData.AddPartitionsToTxnPartitionResult()
                            .setPartitionIndex(1)
                            .setPartitionErrorCode((short) 51));
            reply.resultsByTopicV3AndBelow().add(topic);
            assertThat(answer(ApiKeys.ADD_PARTITIONS_TO_TXN, 3, reply).fields())
                    .containsEntry("transactional-id", "tx")
                    .containsEntry("error", "CONCURRENT_TRANSACTIONS");
            assertThat(ask(
                                    ApiKeys.ADD_OFFSETS_TO_TXN,
                                    3,
                                    new AddOffsetsToTxnRequestData()
                                            .setTransactionalId("tx")
                                            .setGroupId("g"))
                            .fields())
                    .containsEntry("group-id", "g");
        }

        @Test
        void offsetsAreCommittedInATransaction() {
            assertThat(ask(
                                    ApiKeys.TXN_OFFSET_COMMIT,
                                    5,
                                    new TxnOffsetCommitRequestData()
                                            .setTransactionalId("tx")
                                            .setGroupId("g")
                                            .setTopics(
                                                    List.of(new TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic()
                                                            .setName("uploads")
                                                            .setPartitions(List.of(
                                                                    new TxnOffsetCommitRequestData
                                                                                    .TxnOffsetCommitRequestPartition()
                                                                            .setPartitionIndex(0)
                                                                            .setCommittedOffset(5))))))
                            .fields())
                    .containsEntry("transactional-id", "tx")
                    .containsEntry("group-id", "g")
                    .containsEntry("offset", 5L);
        }

        @Test
        void theEndIsACommitOrAnAbort() {
            for (boolean commit : new boolean[] {true, false}) {
                ask(
                        ApiKeys.END_TXN,
                        5,
                        new EndTxnRequestData().setTransactionalId("tx").setCommitted(commit));
                assertThat(answer(ApiKeys.END_TXN, 5, new EndTxnResponseData().setErrorCode((short) 90))
                                .fields())
                        .containsEntry("result", commit ? "commit" : "abort")
                        .containsEntry("error", "PRODUCER_FENCED");
            }
        }
    }

    @Test
    void ofOtherRepliesTheErrorIsToldByTheClientsOwnReckoning() {
        ask(ApiKeys.DESCRIBE_CONFIGS, 4, new DescribeConfigsRequestData());
        WireMessage reply = answer(
                ApiKeys.DESCRIBE_CONFIGS,
                4,
                new DescribeConfigsResponseData()
                        .setResults(List.of(
                                new DescribeConfigsResponseData.DescribeConfigsResult(),
                                new DescribeConfigsResponseData.DescribeConfigsResult().setErrorCode((short) 3))));
        assertThat(reply.fields())
                .isEqualTo(Map.of(
                        "client-id", KafkaFrames.CLIENT, "correlation-id", 1, "error", "UNKNOWN_TOPIC_OR_PARTITION"));
    }

    private WireMessage ask(ApiKeys api, int version, ApiMessage body) {
        return dialogue.ask(KafkaFrames.request(api, version, 1, body));
    }

    private WireMessage answer(ApiKeys api, int version, ApiMessage body) {
        return dialogue.answer(KafkaFrames.reply(api, version, 1, body));
    }
}
