package mqworkbook.workbench.wire.kafka;

import mqworkbook.workbench.wire.Detours;
import mqworkbook.workbench.wire.Direction;
import mqworkbook.workbench.wire.Protocol;

/**
 * Kafka's own protocol, in the versions that kafka-clients 4.4.0 knows. Requests are named as in the protocol ({@code
 * Produce}, {@code OffsetCommit}), and a reply has the name of its request; the direction tells them apart. A reply also
 * has the fields of its request, so that a rule can pick it by what it answers. Fields are text, numbers and lists:
 *
 * <ul>
 *   <li>all: {@code client-id}, {@code correlation-id}; replies with an error: {@code error}, by its name in the protocol
 *       ({@code NOT_LEADER_OR_FOLLOWER}), absent when all went well
 *   <li>all that is about topics: {@code topic}, or the list {@code topics} where there are several; {@code partition}
 *       with the partition's fields, or {@code partitions} where there are several, for {@link KafkaPart#of} to read
 *   <li>{@code Produce}: {@code acks}, {@code transactional-id}; for each partition {@code record-count}, {@code keys} (as
 *       text, in hexadecimal where not printable; the first thousand), {@code record-bytes}, {@code compression}, {@code
 *       producer-id}, {@code producer-epoch}, {@code base-sequence}; in replies {@code base-offset}. With acks=0 there is
 *       no reply
 *   <li>{@code Fetch}: {@code isolation-level}; for each partition {@code fetch-offset}; replies tell only partitions with
 *       records or an error: {@code first-offset}, {@code last-offset}, {@code record-count}, {@code high-watermark} and, of few records, {@code delivered-keys},
 *       of whole batches, so that the first may begin before the offset asked for
 *   <li>{@code OffsetCommit}, {@code TxnOffsetCommit}, {@code OffsetFetch}: {@code group-id}, {@code member-id}, {@code
 *       generation-id} or member epoch; for each partition {@code offset}, the next to be read
 *   <li>group membership: {@code group-id}, {@code member-id}, {@code generation-id} or {@code member-epoch}, {@code
 *       assignment}
 *   <li>transactions: {@code transactional-id}, {@code producer-id}, {@code producer-epoch}; {@code EndTxn} also {@code
 *       result}, which is {@code commit} or {@code abort}
 *   <li>{@code Metadata}, {@code FindCoordinator}, {@code DescribeCluster}: {@code brokers} or {@code coordinator}, as the
 *       broker advertises them; the client gets the relay's addresses in their place
 * </ul>
 *
 * Of other requests there are only name and error. A frame that is not known (a newer version, SASL tokens, more than
 * 64 MiB) passes as {@code raw}, and a stream that is not Kafka at all, or is encrypted, likewise.
 *
 * <p>One instance may be shared between relays, and should be where clients of one cluster use several: newer requests
 * name topics by id only, and the names are remembered from what any of its connections has seen.
 *
 * @see <a href="https://kafka.apache.org/43/design/protocol/">Kafka protocol guide, 4.3</a>
 */
public final class KafkaProtocol implements Protocol {

    private final TopicNames names = new TopicNames();

    @Override
    public Conversation open(long connection, Detours detours) {
        Exchanges exchanges = new Exchanges();
        Addresses addresses = new Addresses(detours);
        return direction -> new KafkaSplitter(
                direction == Direction.TO_BROKER
                        ? new RequestReader(connection, names, exchanges)
                        : new ReplyReader(connection, names, exchanges, addresses));
    }
}
