package mqworkbook.workbench.history;

/** One message id at one subscriber. */
final class Receipt {

    final String id;
    int delivered;
    int applied;
    int handlerFailures;
    int deadLettered;
    long firstAppliedNanos;
    String whyFailed = "";
    private boolean takenBack;

    Receipt(String id) {
        this.id = id;
    }

    void add(Event event) {
        switch (event.kind()) {
            case DELIVERED -> delivered++;
            case DEAD_LETTERED -> deadLettered++;
            case HANDLER_FAILED -> {
                handlerFailures++;
                whyFailed = event.detail();
            }
            case APPLIED -> {
                if (applied++ == 0) {
                    firstAppliedNanos = event.nanos();
                    takenBack = deadLettered > 0;
                }
            }
            default -> throw new IllegalArgumentException("not the subscriber's: " + event);
        }
    }

    boolean isSettled() {
        return applied > 0 || deadLettered > 0;
    }

    /** Dead-lettered and left there; what was taken out of the dead-letter queue and handled is a dead letter no more. */
    boolean isDeadLetter() {
        return deadLettered > 0 && !takenBack;
    }
}
