package mqworkbook.ordering;

import java.util.ArrayList;
import java.util.List;
import mqworkbook.workbench.judge.Wrong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import org.apache.rocketmq.client.producer.MessageQueueSelector;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;

class SelectorProperties {

    /** Its hash code is {@code Integer.MIN_VALUE}, of which {@code Math.abs} is negative. */
    static final String WORST = "polygenelubricants";

    private final Message one = new Message("order-changes", new byte[] {1});
    private final Message other = new Message("order-changes", new byte[] {2});

    @Property(tries = 1000)
    @Label("an order has one queue, whatever its id, its messages and the node")
    void stable(@ForAll("ids") String orderId, @ForAll @IntRange(min = 1, max = 16) int count) {
        Statistics.label("hash code")
                .collect(
                        orderId.hashCode() == Integer.MIN_VALUE
                                ? "the least"
                                : orderId.hashCode() < 0 ? "negative" : "positive")
                .coverage(coverage -> {
                    coverage.check("the least").percentage(share -> share > 1);
                    coverage.check("negative").percentage(share -> share > 15);
                });
        List<MessageQueue> queues = queues(count);
        MessageQueueSelector selector = new OrderQueueSelector();
        MessageQueue chosen = select(selector, queues, one, orderId);
        if (!queues.contains(chosen)) {
            throw Wrong.that("The queue of an order must be one of the topic's")
                    .seen(orderId + " is to go to " + chosen + ", and the topic has " + count + " queues");
        }
        List<MessageQueue> later = List.of(
                select(selector, queues, other, orderId),
                select(new OrderQueueSelector(), queues(count), one, new String(orderId)));
        for (MessageQueue again : later) {
            if (!again.equals(chosen)) {
                throw Wrong.that("An order has more than one queue")
                        .seen(orderId + " goes to queue " + chosen.getQueueId() + ", and then to " + again.getQueueId()
                                + ", of " + count)
                        .means("Its changes are read side by side: SHIPPED before PAID, as it comes.")
                        .suspect("queues taken in turn or at random, or a choice that depends on the message, the time"
                                + " or the node");
            }
        }
    }

    @Property(tries = 50)
    @Label("many orders use all queues")
    void spread(@ForAll @IntRange(min = 2, max = 8) int count, @ForAll @IntRange(min = 0, max = 100_000) int from) {
        List<MessageQueue> queues = queues(count);
        MessageQueueSelector selector = new OrderQueueSelector();
        List<MessageQueue> used = new ArrayList<>();
        int orders = 40 * count;
        for (int id = from; id < from + orders; id++) {
            MessageQueue queue = select(selector, queues, one, "O-" + id);
            if (!used.contains(queue)) {
                used.add(queue);
            }
        }
        if (used.size() < count) {
            throw Wrong.that("Different orders wait for each other: they do not use all queues")
                    .seen(orders + " orders are in " + used.size() + " of " + count + " queues")
                    .means("A queue is read by one thread. However many servers there are, some have nothing to do.");
        }
    }

    static List<MessageQueue> queues(int count) {
        List<MessageQueue> queues = new ArrayList<>();
        for (int id = 0; id < count; id++) {
            queues.add(new MessageQueue("order-changes", "broker", id));
        }
        return queues;
    }

    static MessageQueue select(
            MessageQueueSelector selector, List<MessageQueue> queues, Message message, String orderId) {
        try {
            return selector.select(queues, message, orderId);
        } catch (IndexOutOfBoundsException e) {
            throw Wrong.that("There are orders that have no queue: nothing can ever be sent for them")
                    .seen(orderId + ", hash code " + orderId.hashCode() + ", " + queues.size() + " queues: " + e)
                    .means("One order in some thousands fails each time, and only on one machine's test data.")
                    .suspect("% of a negative hash code is negative, and so is Math.abs(Integer.MIN_VALUE)")
                    .because(e);
        }
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(1, Arbitraries.of(WORST, "GydZG_", "DESIGNING WORKHOUSES")),
                net.jqwik.api.Tuple.of(
                        4, Arbitraries.integers().between(1, 999_999).map(number -> "O-" + number)),
                net.jqwik.api.Tuple.of(
                        4,
                        Arbitraries.strings()
                                .alpha()
                                .numeric()
                                .withChars('-')
                                .ofMinLength(1)
                                .ofMaxLength(24)));
    }
}
