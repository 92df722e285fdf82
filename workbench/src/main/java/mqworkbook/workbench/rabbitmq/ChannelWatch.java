package mqworkbook.workbench.rabbitmq;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import mqworkbook.workbench.judge.Problems;

/**
 * Watches one channel for what goes wrong silently: threads that publish on it at the same time, and a consumer whose
 * channel the broker has closed.
 *
 * <p>"Channel instances must not be shared between threads" for publishing (RabbitMQ Java client guide, 5.x): a sequence
 * number and its publish come apart, so a confirm is taken for the wrong event's.
 */
final class ChannelWatch {

    /** How many calls wait for company; more would only cost time. */
    static final int LINGERS = 12;

    private static final long LINGER_MILLIS = 25;

    private final String actor;
    private final Channel channel;
    private final AtomicInteger lingers;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrival = lock.newCondition();
    private final Map<Thread, Long> numberedAt = new HashMap<>();
    private long arrivals;
    private long published;
    private Thread publishing;
    private volatile boolean consuming;

    ChannelWatch(String actor, Channel channel, AtomicInteger lingers) {
        this.actor = actor;
        this.channel = channel;
        this.lingers = lingers;
        channel.addShutdownListener(this::onShutdown);
    }

    Channel watched() {
        return (Channel) Watching.proxy(channel, (self, method, arguments) -> switch (method.getName()) {
            case "getNextPublishSeqNo" -> number(method, arguments);
            case "basicPublish" -> publish(method, arguments);
            default -> {
                consuming |= method.getName().equals("basicConsume");
                yield Watching.call(channel, method, arguments);
            }
        });
    }

    private Object number(Method method, Object[] arguments) throws Throwable {
        Object number = Watching.call(channel, method, arguments);
        lock.lock();
        try {
            numberedAt.put(Thread.currentThread(), published);
            linger();
        } finally {
            lock.unlock();
        }
        return number;
    }

    private Object publish(Method method, Object[] arguments) throws Throwable {
        Thread me = Thread.currentThread();
        lock.lock();
        try {
            if (publishing != null) {
                report("Two threads are inside basicPublish of one Channel of " + actor + " at once: "
                        + publishing.getName() + " and " + me.getName());
            }
            Long numbered = numberedAt.remove(me);
            if (numbered != null && numbered != published) {
                report("Between a thread's getNextPublishSeqNo and its basicPublish, another thread published on the "
                        + "same Channel of " + actor);
            }
            publishing = me;
            linger();
            published++;
        } finally {
            lock.unlock();
        }
        try {
            return Watching.call(channel, method, arguments);
        } finally {
            lock.lock();
            try {
                if (publishing == me) {
                    publishing = null;
                }
            } finally {
                lock.unlock();
            }
        }
    }

    // The lock is free meanwhile, so a thread that shares the channel comes in, and is seen.
    private void linger() {
        arrivals++;
        arrival.signalAll();
        if (lingers.getAndUpdate(left -> Math.max(0, left - 1)) <= 0) {
            return;
        }
        long mine = arrivals;
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(LINGER_MILLIS);
            while (left > 0 && arrivals == mine) {
                left = arrival.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(String what) {
        Problems.report(
                what + ". A channel is not safe for that: a confirm is then taken for the wrong event's",
                new IllegalStateException("channel " + channel.getChannelNumber() + " is shared between threads"));
    }

    private void onShutdown(ShutdownSignalException cause) {
        if (consuming && !cause.isHardError() && !cause.isInitiatedByApplication()) {
            Problems.report(
                    "The broker has closed the channel on which " + actor
                            + " consumes; nothing reopens it, so this consumer gets nothing more",
                    cause);
        }
    }
}
