package mqworkbook.retry;

import mqworkbook.retry.payment.Failure;
import mqworkbook.workbench.judge.Wrong;

/** What the learner's classifier says, compared with the table. */
final class Classified {

    private static final FailureClassifier CLASSIFIER = new FailureClassifier();

    private Classified() {}

    static void expect(Throwable thrown, Failure expected) {
        Failure said = CLASSIFIER.classify(thrown);
        if (said != expected) {
            throw Wrong.that("A failure that is " + word(expected) + " was taken for " + word(said))
                    .seen("classify(" + Failures.told(thrown) + ") said " + said)
                    .means(meaning(expected, said))
                    .suspect(
                            thrown.getCause() == null
                                    ? "a status or an exception that the table at Failure has elsewhere"
                                    : "a look at the outermost exception only, or at the innermost only");
        }
    }

    static String word(Failure failure) {
        return failure == null ? "nothing" : failure.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static String meaning(Failure expected, Failure said) {
        if (expected == Failure.PERMANENT) {
            return "A declined card is charged again and again, until the bank blocks it.";
        }
        if (said == Failure.PERMANENT) {
            return "The gateway blinks, and every payment of that minute lies among the dead letters.";
        }
        return expected == Failure.TEMPORARY
                ? "What a second try would have mended waits for the third, or for people."
                : "A bug of ours is repeated at once, and counts as an outage of theirs.";
    }
}
