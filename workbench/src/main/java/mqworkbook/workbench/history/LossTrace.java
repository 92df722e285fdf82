package mqworkbook.workbench.history;

/** Where a lost message was last seen, which says who lost it; in the order in which losses are reported. */
enum LossTrace {
    HANDLER_FAILED(
            "one hiccup of a downstream and the work is never done: no retry, no dead letter to repair it from, at best"
                    + " a line in a log.",
            "the exception is caught and the message acknowledged all the same (an ack in finally), or it is rejected"
                    + " on a queue that has no dead-letter exchange."),
    HANDED_OVER(
            "each crash and each deployment swallows the messages that were in hand, and no alarm goes off.",
            "the message is acknowledged before the work is done, or by autoAck on delivery."),
    /** With amqp-client 5.x, whose DefaultExceptionHandler closes the channel that the exception came from. */
    SUBSCRIBER_STOPPED(
            "one bad message and the subscriber stands still, while its process looks healthy and its queue grows.",
            "the exception leaves the consumer's callback, and the client library closes the channel: from then on"
                    + " nobody consumes."),
    NOTHING_HERE(
            "the subscriber is deployed, looks healthy and does nothing, until somebody misses its work.",
            "the queue has no binding, or one that matches no routing key in use, or nothing consumes from it."),
    COMPETING(
            "each order is known to one of the systems behind it and unknown to the others: billed and never packed, or"
                    + " packed and never billed.",
            "all subscribers consume from one shared queue; a subscriber needs a queue of its own, bound to the"
                    + " exchange."),
    OTHER_PLACES(
            "some orders earn points and others do not, and the gap shows at the end of the year.",
            "messages are acknowledged on arrival (autoAck), and what the client had buffered goes down with it; or"
                    + " this queue's binding is too narrow; or the queue is not durable."),
    NOWHERE(
            "the customer has read \"order placed\", and no system behind it ever hears of the order.",
            "success is reported without waiting for the broker's confirm; or an unroutable message comes back and"
                    + " nobody looks; or the message or the queue does not survive a restart.");

    final String inProduction;
    final String usually;

    LossTrace(String inProduction, String usually) {
        this.inProduction = inProduction;
        this.usually = usually;
    }
}
