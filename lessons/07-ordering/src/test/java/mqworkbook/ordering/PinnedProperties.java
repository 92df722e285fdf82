package mqworkbook.ordering;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import mqworkbook.workbench.judge.Wrong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.apache.rocketmq.common.message.Message;
import org.apache.rocketmq.common.message.MessageQueue;

class PinnedProperties {

    private final Message message = new Message("order-changes", new byte[] {1});

    @Property(tries = 1000)
    @Label("an order keeps its queue when queues are added, in whatever order the client lists them")
    void pinned(
            @ForAll("ids") String orderId,
            @ForAll @IntRange(min = 1, max = 8) int agreed,
            @ForAll @IntRange(min = 0, max = 8) int added,
            @ForAll Random random) {
        PinnedQueueSelector selector = new PinnedQueueSelector(agreed);
        MessageQueue before = SelectorProperties.select(selector, SelectorProperties.queues(agreed), message, orderId);
        List<MessageQueue> more = new ArrayList<>(SelectorProperties.queues(agreed + added));
        java.util.Collections.shuffle(more, random);
        MessageQueue after = SelectorProperties.select(selector, more, message, orderId);
        if (!after.equals(before)) {
            throw Wrong.that("An order has moved to another queue, and its earlier changes are still in the old one")
                    .seen(orderId + " was in queue " + before.getQueueId() + " of " + agreed + "; with "
                            + (agreed + added) + " queues it is in " + after.getQueueId())
                    .means("The two queues are read side by side: SHIPPED before PAID, for nearly every order.")
                    .suspect(
                            "a hash modulo the queues that are there, or the place in a list that may be in any order");
        }
    }

    @Property(tries = 50)
    @Label("the queues that were agreed on are all used, and when some are missing nothing is guessed")
    void used(@ForAll @IntRange(min = 2, max = 8) int agreed) {
        PinnedQueueSelector selector = new PinnedQueueSelector(agreed);
        Set<MessageQueue> used = new HashSet<>();
        for (int id = 0; id < 40 * agreed; id++) {
            used.add(SelectorProperties.select(selector, SelectorProperties.queues(agreed), message, "O-" + id));
        }
        if (used.size() < agreed) {
            throw Wrong.that("Different orders wait for each other: they do not use all queues")
                    .seen(40 * agreed + " orders are in " + used.size() + " of " + agreed + " queues");
        }
        List<MessageQueue> fewer = SelectorProperties.queues(agreed - 1);
        for (int id = 0; id < 40; id++) {
            try {
                MessageQueue guessed = selector.select(fewer, message, "O-" + id);
                throw Wrong.that("The topic has fewer queues than were agreed on, and the selector guesses")
                        .seen("O-" + id + " goes to queue " + guessed.getQueueId() + "; there are " + fewer.size()
                                + " queues, and " + agreed + " were agreed on")
                        .means("While a broker is away orders move to other queues, and back when it returns.");
            } catch (IllegalStateException expected) {
                // The message is not sent now, and its order stands still.
            }
        }
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.oneOf(
                Arbitraries.of(SelectorProperties.WORST),
                Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(16));
    }
}
