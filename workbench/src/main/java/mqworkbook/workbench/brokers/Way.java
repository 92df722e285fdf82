package mqworkbook.workbench.brokers;

import java.util.Locale;
import java.util.Optional;

/** How a broker is run; chosen by the workbook unless forced with {@code -Dbrokers} or {@code MQ_WORKBOOK_BROKERS}. */
public enum Way {
    DOCKER("in a container"),
    LOCAL("as a local process"),
    EXTERNAL("run by somebody else");

    private final String phrase;

    Way(String phrase) {
        this.phrase = phrase;
    }

    /** Completes a sentence: {@code as a local process}. */
    public String phrase() {
        return phrase;
    }

    /**
     * The way that the settings force, if any.
     *
     * @throws BrokerUnavailableException when the value is not known
     */
    public static Optional<Way> forced() {
        String value = System.getProperty("brokers", System.getenv("MQ_WORKBOOK_BROKERS"));
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        for (Way way : values()) {
            if (way.name().equalsIgnoreCase(value.strip())) {
                return Optional.of(way);
            }
        }
        throw new BrokerUnavailableException("-Dbrokers=" + value + " is not known: use docker, local or external,"
                + " or leave it out and the workbook chooses");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
