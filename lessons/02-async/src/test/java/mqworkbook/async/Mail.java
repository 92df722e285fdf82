package mqworkbook.async;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import mqworkbook.async.video.Status;
import mqworkbook.workbench.judge.Problems;
import mqworkbook.workbench.judge.Wrong;

/** The mail service: sends one mail for each idempotency key. */
final class Mail {

    /** A mail that was sent. */
    record Sent(String owner, String videoId, Status outcome, String key) {}

    private final Statuses statuses;
    private final Map<String, Sent> byKey = new HashMap<>();
    private final List<Sent> sent = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();
    private final Map<String, Integer> calls = new HashMap<>();

    Mail(Statuses statuses) {
        this.statuses = statuses;
    }

    synchronized void tell(String owner, String videoId, Status outcome, String key) {
        calls.merge(videoId, 1, Integer::sum);
        if (refused.contains(videoId)) {
            throw new IllegalStateException("mail service: no such mailbox: " + owner);
        }
        Status present = statuses.now(videoId).orElse(null);
        if (present != outcome) {
            Problems.report(
                    "An owner was told what is not so",
                    Wrong.that("The owner of " + videoId + " was told " + outcome + " while the status was " + present)
                            .seen("tell(" + owner + ", " + videoId + ", " + outcome + "); " + videoId + " went through "
                                    + statuses.past(videoId))
                            .means(
                                    "The owner follows the link in the mail, and finds something else. If the worker dies"
                                            + " now, it may stay so.")
                            .suspect("told before the final status was written, or told what this attempt found in"
                                    + " place of what is written"));
        }
        if (byKey.putIfAbsent(key, new Sent(owner, videoId, outcome, key)) == null) {
            Sent before = first(videoId);
            sent.add(byKey.get(key));
            if (before != null) {
                Problems.report(
                        "An owner was told twice",
                        Wrong.that("The owner of " + videoId + " got two mails for one upload")
                                .seen(before.outcome() + " with the key " + before.key() + ", and " + outcome
                                        + " with the key " + key)
                                .means("At-least-once delivery repeats jobs by design, and each repetition is a mail.")
                                .suspect("a new idempotency key for each attempt"));
            }
        }
    }

    /** The service takes no mail about this video. */
    synchronized void refuse(String videoId) {
        refused.add(videoId);
    }

    synchronized boolean refuses(String videoId) {
        return refused.contains(videoId);
    }

    /** How often the service was called about a video. */
    synchronized int calls(String videoId) {
        return calls.getOrDefault(videoId, 0);
    }

    /** How many mails an owner got about a video. */
    synchronized long count(String videoId) {
        return sent.stream().filter(mail -> mail.videoId().equals(videoId)).count();
    }

    /** The first mail about a video; null when there is none. */
    synchronized Sent first(String videoId) {
        return sent.stream()
                .filter(mail -> mail.videoId().equals(videoId))
                .findFirst()
                .orElse(null);
    }

    /** Why there is no mail about a video, if its key was used for another. */
    synchronized String explain(String videoId) {
        return calls(videoId) == 0
                ? "the mail service was never called"
                : "the mail service was called " + calls(videoId)
                        + " times, with a key that it knew from another video";
    }
}
