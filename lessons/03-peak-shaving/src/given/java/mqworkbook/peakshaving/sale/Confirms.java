package mqworkbook.peakshaving.sale;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The books of one channel: which publishes the broker has not answered yet. (Lesson 01 is about how to keep them.) A
 * message that carries its number as correlation id is also recognised when it comes back, for want of a queue.
 */
public final class Confirms {

    private final ConcurrentNavigableMap<Long, CompletableFuture<Answer>> open = new ConcurrentSkipListMap<>();
    private final Channel channel;

    private Confirms(Channel channel) {
        this.channel = channel;
    }

    /** Switches the channel to confirms, and keeps its books from now on. */
    public static Confirms of(Channel channel) throws IOException {
        Confirms confirms = new Confirms(channel);
        channel.confirmSelect();
        channel.addReturnListener(
                returned -> confirms.refuse(returned.getProperties().getCorrelationId()));
        channel.addConfirmListener(
                (number, multiple) -> confirms.answer(number, multiple, Answer.CONFIRMED),
                (number, multiple) -> confirms.answer(number, multiple, Answer.REFUSED));
        channel.addShutdownListener(cause -> confirms.answer(Long.MAX_VALUE, true, Answer.UNKNOWN));
        return confirms;
    }

    /** The number of the next message that is published on the channel. */
    public long nextNumber() {
        return channel.getNextPublishSeqNo();
    }

    /** Opens the account of a message. Before it is published: the answer may be back before {@code basicPublish} is. */
    public CompletableFuture<Answer> expect(long number) {
        return open.computeIfAbsent(number, absent -> new CompletableFuture<>());
    }

    private void refuse(String number) {
        CompletableFuture<Answer> answer = number == null ? null : open.get(Long.valueOf(number));
        if (answer != null) {
            // The confirm that follows says yes all the same, and comes too late.
            answer.complete(Answer.REFUSED);
        }
    }

    private void answer(long number, boolean multiple, Answer answer) {
        NavigableMap<Long, CompletableFuture<Answer>> answered =
                multiple ? open.headMap(number, true) : open.subMap(number, true, number, true);
        answered.values().forEach(one -> one.complete(answer));
        answered.clear();
    }
}
