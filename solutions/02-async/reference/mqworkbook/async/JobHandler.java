package mqworkbook.async;

import java.time.Duration;
import mqworkbook.async.video.InvalidJobException;
import mqworkbook.async.video.VideoJob;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Deals with one record of the log. When it returns, the record is dealt with, one way or the other, and may be committed;
 * when it throws, it is not, and must come again.
 */
public final class JobHandler {

    private final VideoProcessor processor;
    private final DeadLetters deadLetters;
    private final int maxAttempts;
    private final Duration pause;

    /**
     * A handler.
     *
     * @param maxAttempts how often a job is tried before it is given up
     * @param pause the time between two attempts
     */
    public JobHandler(VideoProcessor processor, DeadLetters deadLetters, int maxAttempts, Duration pause) {
        this.processor = processor;
        this.deadLetters = deadLetters;
        this.maxAttempts = maxAttempts;
        this.pause = pause;
    }

    /** Processes the record's job. */
    public void handle(ConsumerRecord<String, byte[]> record) throws Exception {
        try {
            processor.process(VideoJob.read(record.value()));
        } catch (Exception failure) {
            afterFailure(record, failure);
        }
    }

    /** The first attempt has failed: tries again, a bounded number of times, then sets the record aside. */
    private void afterFailure(ConsumerRecord<String, byte[]> record, Exception failure) throws Exception {
        Exception last = failure;
        int attempts = 1;
        while (attempts < maxAttempts && isWorthAnother(last)) {
            Thread.sleep(pause.toMillis());
            attempts++;
            try {
                processor.process(VideoJob.read(record.value()));
                return;
            } catch (Exception again) {
                last = again;
            }
        }
        if (last instanceof InterruptedException) {
            throw last;
        }
        // The letter first: a crash after it repeats the letter, a crash before it repeats the job. Nothing is lost.
        deadLetters.publish(record, last, attempts);
        if (!(last instanceof InvalidJobException)) {
            giveUp(VideoJob.read(record.value()), last);
        }
    }

    private static boolean isWorthAnother(Exception failure) {
        return !(failure instanceof InvalidJobException || failure instanceof InterruptedException);
    }

    private void giveUp(VideoJob job, Exception last) throws Exception {
        try {
            processor.giveUp(job);
        } catch (Exception mailServiceIsDown) {
            // The letter tells operations, who can tell the owner. But without a final status the job must come again.
            if (!processor.isFinal(job)) {
                mailServiceIsDown.addSuppressed(last);
                throw mailServiceIsDown;
            }
        }
    }
}
