package mqworkbook.workbench.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One concrete history for each thing that the checkers tell apart, and what they say about it, word for word. */
class CheckersTest {

    private static final List<Subscription> EMAIL = Subscription.all("email");
    private static final List<Subscription> BOTH = Subscription.all("email", "points");

    private final AtomicLong clock = new AtomicLong();
    private final History history = new History(() -> clock.getAndAdd(1_000_000));

    @Nested
    @DisplayName("A lost message is reported with its last trace:")
    class Lost {

        @Test
        void handlerFailed() {
            published("E-1", "E-2");
            handled("email", "E-1");
            history.delivered("email", "E-2");
            history.handlerFailed("email", "E-2", "smtp down");

            assertThat(Checkers.lost(history.events(), EMAIL).summary()).isEqualTo("""
                            Broken guarantee: no loss (E-2, at email).
                              Expected: each of the 2 confirmed messages is applied or dead-lettered. Seen: 1 is not: E-2. The handler failed (smtp down), and neither a success nor a dead letter followed.
                              In production: one hiccup of a downstream and the work is never done: no retry, no dead letter to repair it from, at best a line in a log.
                              Usually: the exception is caught and the message acknowledged all the same (an ack in finally), or it is rejected on a queue that has no dead-letter exchange.""");
        }

        @Test
        void deliveredAndGone() {
            published("E-1", "E-2");
            handled("email", "E-1");
            history.delivered("email", "E-2");

            assertThat(Checkers.lost(history.events(), EMAIL).summary()).isEqualTo("""
                            Broken guarantee: no loss (E-2, at email).
                              Expected: each of the 2 confirmed messages is applied or dead-lettered. Seen: 1 is not: E-2. Delivered, and then neither an effect nor a failure nor a dead letter.
                              In production: each crash and each deployment swallows the messages that were in hand, and no alarm goes off.
                              Usually: the message is acknowledged before the work is done, or by autoAck on delivery.""");
        }

        @Test
        void subscriberStopped() {
            published("E-1", "E-2", "E-3");
            history.delivered("email", "E-1");
            history.handlerFailed("email", "E-1", "not JSON");
            history.deadLettered("email", "E-1");

            assertThat(Checkers.lost(history.events(), EMAIL).summary()).isEqualTo("""
                            Broken guarantee: no loss (E-2 and E-3, at email).
                              Expected: each of the 3 confirmed messages is applied or dead-lettered. Seen: 2 are not: E-2 and E-3. Never seen here; the last sign of life is a handler that failed on E-1 (not JSON).
                              In production: one bad message and the subscriber stands still, while its process looks healthy and its queue grows.
                              Usually: the exception leaves the consumer's callback, and the client library closes the channel: from then on nobody consumes.""");
        }

        @Test
        void nothingAtThisSubscriber() {
            published("E-1");
            handled("email", "E-1");

            assertThat(Checkers.lost(history.events(), BOTH).summary()).isEqualTo("""
                            Broken guarantee: no loss (E-1, at points).
                              Expected: the confirmed message is applied or dead-lettered. Seen: 1 is not: E-1. Never seen here, nor was any other message.
                              In production: the subscriber is deployed, looks healthy and does nothing, until somebody misses its work.
                              Usually: the queue has no binding, or one that matches no routing key in use, or nothing consumes from it.""");
        }

        @Test
        void subscribersCompete() {
            published("E-1", "E-2", "E-3");
            handled("email", "E-1", "E-3");
            handled("points", "E-2");

            assertThat(Checkers.lost(history.events(), EMAIL).summary()).isEqualTo("""
                            Broken guarantee: no loss (E-2, at email).
                              Expected: each of the 3 confirmed messages is applied or dead-lettered. Seen: 1 is not: E-2. Never seen here; each message of this run reached one subscriber only (E-2 reached points).
                              In production: each order is known to one of the systems behind it and unknown to the others: billed and never packed, or packed and never billed.
                              Usually: all subscribers consume from one shared queue; a subscriber needs a queue of its own, bound to the exchange.""");
        }

        @Test
        void seenByOthersOnly() {
            published("E-1", "E-2");
            handled("email", "E-1", "E-2");
            handled("points", "E-1");

            assertThat(Checkers.lost(history.events(), BOTH).summary()).isEqualTo("""
                            Broken guarantee: no loss (E-2, at points).
                              Expected: each of the 2 confirmed messages is applied or dead-lettered. Seen: 1 is not: E-2. Never seen here, though E-2 reached email.
                              In production: some orders earn points and others do not, and the gap shows at the end of the year.
                              Usually: messages are acknowledged on arrival (autoAck), and what the client had buffered goes down with it; or this queue's binding is too narrow; or the queue is not durable.""");
        }

        @Test
        void seenByNobodyAtSeveralSubscribersIsReadOnce() {
            published("E-1", "E-2");
            history.fault("connection cut before the confirm");
            handled("email", "E-1");
            handled("points", "E-1");

            Verdict verdict = Checkers.lost(history.events(), BOTH);

            assertThat(verdict.findings()).hasSize(2);
            assertThat(verdict.summary()).isEqualTo("""
                            Broken guarantee: no loss (E-2, at email and points).
                              Expected: each of the 2 confirmed messages is applied or dead-lettered. Seen: 1 is not: E-2. Confirmed, and never seen at any subscriber; faults in this run: connection cut before the confirm.
                              In production: the customer has read "order placed", and no system behind it ever hears of the order.
                              Usually: success is reported without waiting for the broker's confirm; or an unroutable message comes back and nobody looks; or the message or the queue does not survive a restart.""");
        }

        @Test
        void aDeadLetterIsNoLossAndNeitherIsARefusalOrADoubt() {
            published("E-1", "E-2");
            history.attempted("orders", "E-3");
            history.failed("orders", "E-3", "no route");
            history.attempted("orders", "E-4");
            history.inDoubt("orders", "E-4", "timed out");
            handled("email", "E-1");
            history.deadLettered("email", "E-2");

            assertThat(Checkers.lost(history.events(), EMAIL).summary()).isEqualTo("Valid.");
        }

        @Test
        void whatWasAttemptedBeforeASubscriberJoinedIsNotOwed() {
            history.subscribed("email");
            published("E-1");
            history.subscribed("fraud");
            published("E-2");
            history.subscribed("fraud");
            handled("email", "E-1", "E-2");
            history.delivered("fraud", "E-2");

            Verdict verdict = Checkers.lost(history.events(), Subscription.all("email", "fraud"));

            assertThat(verdict.findings()).singleElement().satisfies(finding -> {
                assertThat(finding.where()).isEqualTo("fraud");
                assertThat(finding.messageIds()).containsExactly("E-2");
            });
        }

        @Test
        void aSubscriptionIsOwedWhatItCovers() {
            published("E-1", "E-2");
            handled("email", "E-1");

            List<Subscription> covered = List.of(Subscription.to("email", List.of("E-1")));

            assertThat(Checkers.lost(history.events(), covered).isValid()).isTrue();
        }
    }

    @Nested
    @DisplayName("An effect that ought not to be there:")
    class Effects {

        @Test
        void duplicatedByARedelivery() {
            published("E-1", "E-2");
            handled("email", "E-1", "E-1", "E-2");

            assertThat(Checkers.duplicated(history.events(), EMAIL).summary()).isEqualTo("""
                            Broken guarantee: exactly-once effect (E-1, at email).
                              Expected: each message takes effect once, however often it is delivered. Seen: E-1 applied twice (published once, delivered twice).
                              In production: the customer is charged twice, credited twice, mailed twice.
                              Usually: nothing remembers, together with the effect, which ids have been handled; every redelivery then does the work again.""");
        }

        @Test
        void duplicatedByASecondPublish() {
            history.attempted("orders", "E-1");
            history.inDoubt("orders", "E-1", "timed out");
            published("E-1", "E-2");
            handled("email", "E-1", "E-1", "E-2", "E-2", "E-2");

            assertThat(Checkers.duplicated(history.events(), EMAIL).summary()).isEqualTo("""
                            Broken guarantee: exactly-once effect (E-2, at email).
                              Expected: each message takes effect once, however often it is delivered. Seen: E-2 applied 3 times (published once, delivered 3 times).
                              In production: the customer is charged twice, credited twice, mailed twice.
                              Usually: nothing remembers, together with the effect, which ids have been handled; every redelivery then does the work again.
                            Broken guarantee: exactly-once effect (E-1, at email).
                              Expected: each message takes effect once, however often it is delivered. Seen: E-1 applied twice (published twice, delivered twice).
                              In production: the customer is charged twice, credited twice, mailed twice.
                              Usually: duplicates are recognised by the broker's redelivered flag or delivery tag; a publisher's second try comes as a new message, and only the business id is the same.""");
        }

        @Test
        void neverPublished() {
            published("E-1");
            handled("email", "E-1", "X-9");

            assertThat(Checkers.unexpected(history.events(), EMAIL).summary()).isEqualTo("""
                            Broken guarantee: only what was published (X-9, at email).
                              Expected: every effect belongs to a message that was published. Seen: X-9 applied, and never published.
                              In production: goods leave the warehouse, and no order explains them.
                              Usually: the consumer makes up an id where it ought to read the one in the message, or it reads what an earlier run left behind.""");
        }

        @Test
        void notSubscribedTo() {
            published("E-1", "E-2", "E-3");
            handled("email", "E-1", "E-2", "E-3");

            List<Subscription> narrow = List.of(new Subscription("email", "E-1"::equals));

            assertThat(Checkers.unexpected(history.events(), narrow).summary()).isEqualTo("""
                            Broken guarantee: only what was published (E-2 and E-3, at email).
                              Expected: a subscriber acts on the messages that it subscribed to. Seen: E-2 and E-3 applied, though the subscription does not cover them.
                              In production: a cancelled order earns points, or a test event reaches the customer.
                              Usually: the binding is wider than asked for (# where * was meant), or two subscribers share one queue.""");
        }

        @Test
        void refused() {
            published("E-1");
            history.attempted("orders", "E-2");
            history.failed("orders", "E-2", "timed out after 200 ms");
            handled("email", "E-1", "E-2");

            assertThat(Checkers.refusedYetApplied(history.events(), EMAIL).summary())
                    .isEqualTo("""
                            Broken guarantee: a refusal is final (E-2, at email).
                              Expected: a publish that is reported as failed has no effect. Seen: E-2 reported as failed (timed out after 200 ms), and applied all the same.
                              In production: the customer is told "no" and orders again, and both orders are delivered.
                              Usually: a time-out or a broken connection is reported as a failure, though the outcome is unknown; or the answer to one publish is credited to another.""");
        }
    }

    @Nested
    @DisplayName("The publisher's answer:")
    class Answers {

        @Test
        void bothYesAndNo() {
            history.attempted("orders", "E-1");
            history.failed("orders", "E-1", "no route");
            history.confirmed("orders", "E-1");

            assertThat(Checkers.contradicted(history.events()).summary()).isEqualTo("""
                            Broken guarantee: one answer for each publish (E-1, at orders).
                              Expected: a publish either succeeds or fails. Seen: E-1 reported both as confirmed and as failed (no route).
                              In production: one part of the system retries the order while another ships it.
                              Usually: returns and confirms are handled apart: an unroutable message is returned and then confirmed as well, and the confirm overwrites the return.""");
        }

        @Test
        void aFailureAndASecondTryAreNoContradiction() {
            history.attempted("orders", "E-1");
            history.failed("orders", "E-1", "no route");
            published("E-1");

            assertThat(Checkers.contradicted(history.events()).isValid()).isTrue();
        }

        @Test
        void none() {
            published("E-1");
            history.attempted("orders", "E-2");
            history.attempted("orders", "E-3");

            assertThat(Checkers.unanswered(history.events()).summary()).isEqualTo("""
                            Broken guarantee: one answer for each publish (E-2 and E-3, at orders).
                              Expected: each publish ends as confirmed, failed or in doubt. Seen: E-2 and E-3 published, and the caller still waits.
                              In production: callers hang one after the other until the thread pool is empty and the whole service stands still.
                              Usually: a confirm with multiple=true completes only its own number; or the number is noted after the publish, when a quick confirm has passed already; or a closing connection leaves open publishes pending.""");
        }

        @Test
        void overSeveralAttemptsIsYesOnceOneIsAndDoubtBeforeItIsNo() {
            published("E-1");
            history.attempted("orders", "E-1");
            history.failed("orders", "E-1", "no route");
            history.attempted("orders", "E-2");
            history.inDoubt("orders", "E-2", "timed out");
            history.attempted("orders", "E-2");
            history.failed("orders", "E-2", "no route");
            history.attempted("orders", "E-3");
            history.failed("orders", "E-3", "no route");
            history.attempted("orders", "E-4");
            history.attempted("orders", "E-5");
            history.inDoubt("orders", "E-5", "timed out");
            history.failed("orders", "E-5", "connection closed");
            history.inDoubt("orders", "E-6", "timed out");

            assertThat(Checkers.outcomes(history.events()))
                    .containsExactly(
                            Map.entry("E-1", Outcome.OK),
                            Map.entry("E-2", Outcome.UNKNOWN),
                            Map.entry("E-3", Outcome.FAILED),
                            Map.entry("E-4", Outcome.UNKNOWN),
                            Map.entry("E-5", Outcome.UNKNOWN),
                            Map.entry("E-6", Outcome.UNKNOWN));
        }
    }

    @Nested
    @DisplayName("Order, time and balance:")
    class OrderTimeAndBalance {

        @Test
        void reordered() {
            published("O-7/created", "O-8/created", "O-7/paid", "O-7/shipped");
            handled("email", "O-8/created", "O-7/created", "O-7/shipped", "O-7/paid", "O-7/created");

            assertThat(Checkers.reordered(history.events(), EMAIL, id -> id.substring(0, 3))
                            .summary())
                    .isEqualTo("""
                            Broken guarantee: order for each key (O-7/paid, at email).
                              Expected: messages with the same key take effect in the order of publishing. Seen: O-7/shipped applied before O-7/paid (key O-7), though published after it.
                              In production: an order that was shipped turns back to "paid", and stays so: the older state was written last.
                              Usually: a thread pool inside the consumer, several consumers on one queue, or a failed message that goes back behind its successors (a requeue, a retry topic).""");
        }

        @Test
        void premature() {
            published("E-1", "E-2");
            handled("email", "E-1", "E-2");

            assertThat(Checkers.premature(
                                    history.events(),
                                    EMAIL,
                                    id -> id.equals("E-2") ? Duration.ofMillis(2_000) : null,
                                    Duration.ofMillis(50))
                            .summary())
                    .isEqualTo("""
                            Broken guarantee: not before it is due (E-2, at email).
                              Expected: no delayed message takes effect before it is due (give or take 50 ms). Seen: E-2 applied 5 ms after its publish, and due after 2000 ms.
                              In production: the order is cancelled while the customer is still typing the card number.
                              Usually: seconds taken for milliseconds, or a point in time for a duration; or the delay is not set on this path at all, and the message is an ordinary one.""");
        }

        @Test
        void outOfBalance() {
            published("E-1", "E-2", "E-3", "E-4");
            history.attempted("orders", "E-5");
            history.failed("orders", "E-5", "no route");
            handled("email", "E-1", "E-2", "E-5");
            history.deadLettered("email", "E-2");
            history.deadLettered("email", "E-3");
            history.deadLettered("email", "E-3");

            assertThat(Checkers.conservation(history.events(), EMAIL).summary()).isEqualTo("""
                            Broken guarantee: accepted = handled + dead-lettered (E-4, E-2 and E-5, at email).
                              Expected: each accepted message ends up in one of two places, handled or dead-lettered, and nothing else does. Seen: 4 accepted, 2 handled, 2 dead-lettered; missing: E-4; handled and dead-lettered: E-2; there without being accepted: E-5.
                              In production: the evening's count of orders and the evening's count of effects differ, and nobody can say which order it is.
                              Usually: a message leaves its queue before its work is done, or never got into the queue.""");
        }

        @Test
        void handledAndDeadLettered() {
            published("E-1");
            handled("email", "E-1");
            history.deadLettered("email", "E-1");

            assertThat(Checkers.conservation(history.events(), EMAIL).summary()).isEqualTo("""
                            Broken guarantee: accepted = handled + dead-lettered (E-1, at email).
                              Expected: each accepted message ends up in one of two places, handled or dead-lettered, and nothing else does. Seen: 1 accepted, 1 handled, 1 dead-lettered; handled and dead-lettered: E-1.
                              In production: someone repairs the dead letters by hand, and does again what was done already.
                              Usually: the handler throws after its effect is committed (in the ack, in a log line), and the message is then rejected as a failure.""");
        }

        @Test
        void handledWithoutBeingAccepted() {
            published("E-1");
            handled("email", "E-1", "X-9");

            assertThat(Checkers.conservation(history.events(), EMAIL).summary()).isEqualTo("""
                            Broken guarantee: accepted = handled + dead-lettered (X-9, at email).
                              Expected: each accepted message ends up in one of two places, handled or dead-lettered, and nothing else does. Seen: 1 accepted, 1 handled, 0 dead-lettered; there without being accepted: X-9.
                              In production: the count of effects exceeds the count of orders: money and goods go out that nobody asked for.
                              Usually: a failure is reported for a publish that went through, or the queue holds messages of others.""");
        }

        @Test
        void inBalance() {
            published("E-1", "E-2", "E-3");
            history.attempted("orders", "E-4");
            history.inDoubt("orders", "E-4", "timed out");
            handled("email", "E-1", "E-4");
            history.deadLettered("email", "E-2");
            history.deadLettered("email", "E-2");
            history.deadLettered("email", "E-3");
            handled("email", "E-3");

            assertThat(Checkers.conservation(history.events(), EMAIL).summary())
                    .as("a doubt come true, a double dead letter and a redriven one")
                    .isEqualTo("Valid.");
        }
    }

    @Nested
    @DisplayName("Verdicts:")
    class Verdicts {

        @Test
        void whatIsLegalAndOddIsNoted() {
            published("E-1");
            history.attempted("orders", "E-2");
            history.inDoubt("orders", "E-2", "timed out");
            history.delivered("email", "E-1");
            handled("email", "E-1", "E-2");

            assertThat(Checkers.totalQueue(history.events(), EMAIL).summary()).isEqualTo("""
                            Valid. At email: E-2 applied, though its publish was in doubt. That is legal: a time-out says nothing about what became of a message.
                            At email: E-1 delivered more than once. That is legal: delivery is at-least-once, and the effect is what counts.""");
        }

        @Test
        void nothingPublishedIsInconclusive() {
            assertThat(Checkers.totalQueue(List.of(), EMAIL).summary())
                    .isEqualTo("Inconclusive. Nothing was published, so there is nothing to judge.");
        }

        @Test
        void nothingConsumedIsInconclusive() {
            published("E-1", "E-2");

            assertThat(Checkers.totalQueue(history.events(), BOTH).summary())
                    .isEqualTo(
                            "Inconclusive. Nothing was consumed: 2 messages confirmed, and none was seen at email and"
                                    + " points. Look first at whether consumers run and whether their queues are bound.");
        }

        @Test
        void noSubscriptionIsInconclusive() {
            published("E-1");
            handled("email", "E-1");

            assertThat(Checkers.lost(history.events(), List.of()).summary())
                    .isEqualTo("Inconclusive. No subscriber was looked at, so nothing can be said about what arrived.");
        }

        @Test
        void combineByTheGravest() {
            Verdict valid = new Verdict(Verdict.Validity.VALID, List.of(), List.of());
            Verdict inconclusive = new Verdict(Verdict.Validity.INCONCLUSIVE, List.of(), List.of());
            published("E-1", "E-2");
            handled("email", "E-1", "E-1");
            Verdict invalid = Verdict.of(
                    Checkers.conservation(history.events(), EMAIL),
                    Checkers.duplicated(history.events(), EMAIL),
                    Checkers.lost(history.events(), EMAIL));

            assertThat(Verdict.of().validity()).isEqualTo(Verdict.Validity.INCONCLUSIVE);
            assertThat(Verdict.of(valid, valid).validity()).isEqualTo(Verdict.Validity.VALID);
            assertThat(Verdict.of(valid, inconclusive).validity()).isEqualTo(Verdict.Validity.INCONCLUSIVE);
            assertThat(Verdict.of(valid, inconclusive, invalid).validity()).isEqualTo(Verdict.Validity.INVALID);
            assertThat(invalid.findings())
                    .extracting(Finding::guarantee)
                    .containsExactly(Guarantee.NO_LOSS, Guarantee.EXACTLY_ONCE_EFFECT, Guarantee.CONSERVATION);
        }

        @Test
        void aSummaryShowsThreeFindingsAndNamesTheRest() {
            published("E-1", "E-2");
            history.attempted("orders", "E-3");
            history.failed("orders", "E-3", "no route");
            handled("email", "E-1", "E-1", "E-3", "X-9");

            Verdict verdict = Verdict.of(
                    Checkers.totalQueue(history.events(), EMAIL), Checkers.conservation(history.events(), EMAIL));

            assertThat(verdict.summary().lines())
                    .hasSize(13)
                    .last()
                    .isEqualTo(
                            "Also broken: exactly-once effect at email; accepted = handled + dead-lettered at email.");
        }

        @Test
        void manyIdsAreCutShort() {
            List<String> ids = new ArrayList<>();
            for (int n = 1; n <= 40; n++) {
                ids.add("E-" + n);
            }
            published(ids.toArray(String[]::new));
            handled("email", "E-1");

            assertThat(Checkers.lost(history.events(), EMAIL).summary())
                    .startsWith("Broken guarantee: no loss (E-2, E-3, E-4, E-5, E-6 and 34 more, at email).");
        }

        @Test
        @Timeout(60)
        void aHundredThousandLossesAreFoundInOnePass() {
            int messages = 100_000;
            for (int n = 0; n < messages; n++) {
                published("E-" + n);
                handled(n % 2 == 0 ? "email" : "points", "E-" + n);
            }
            List<Event> events = history.events();

            Verdict verdict =
                    Verdict.of(Checkers.totalQueue(events, BOTH), Checkers.reordered(events, BOTH, id -> "one key"));

            assertThat(verdict.findings())
                    .extracting(finding -> finding.messageIds().size())
                    .containsExactly(messages / 2, messages / 2);
        }

        @Test
        void placesCanBeTakenFromTheHistory() {
            history.subscribed("email");
            published("E-1");
            handled("points", "E-1");

            assertThat(Subscription.foundIn(history.events()))
                    .extracting(Subscription::place)
                    .containsExactly("email", "points");
        }
    }

    private void published(String... ids) {
        Arrays.stream(ids).forEach(id -> {
            history.attempted("orders", id);
            history.confirmed("orders", id);
        });
    }

    private void handled(String subscriber, String... ids) {
        Arrays.stream(ids).forEach(id -> {
            history.delivered(subscriber, id);
            history.applied(subscriber, id);
        });
    }
}
