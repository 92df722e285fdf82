package mqworkbook.workbench.history;

/** The publisher's side of one message id: how often it was tried and what was answered. */
final class Publication {

    final String id;
    final String actor;
    final int position;
    final long nanos;
    int attempts;
    int confirmed;
    int failed;
    int inDoubt;
    String whyFailed = "";

    /** Begins with the first event about it. */
    Publication(Event first, int position) {
        id = first.messageId();
        actor = first.actor();
        nanos = first.nanos();
        this.position = position;
    }

    void add(Event event) {
        switch (event.kind()) {
            case ATTEMPTED -> attempts++;
            case CONFIRMED -> confirmed++;
            case IN_DOUBT -> inDoubt++;
            case FAILED -> {
                failed++;
                whyFailed = event.detail();
            }
            default -> throw new IllegalArgumentException("not the publisher's: " + event);
        }
    }

    /** One yes binds the broker, however many attempts it took; one attempt without an answer leaves room for doubt. */
    Outcome outcome() {
        if (confirmed > 0) {
            return Outcome.OK;
        }
        return inDoubt > 0 || failed < attempts ? Outcome.UNKNOWN : Outcome.FAILED;
    }

    boolean is(Outcome outcome) {
        return outcome() == outcome;
    }

    boolean isUnanswered() {
        return attempts > confirmed + failed + inDoubt;
    }

    /** Both answers were given, and there were too few attempts for each to have had its own. */
    boolean isContradicted() {
        return confirmed > 0 && failed > 0 && confirmed + failed > attempts;
    }
}
