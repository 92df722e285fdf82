package mqworkbook.retry.payment;

/** The two kinds of queue that RabbitMQ has for work. Operations decide which. */
public enum QueueType {
    CLASSIC("classic"),
    QUORUM("quorum");

    private final String argument;

    QueueType(String argument) {
        this.argument = argument;
    }

    /** The value of a queue's argument {@code x-queue-type}. */
    public String argument() {
        return argument;
    }
}
