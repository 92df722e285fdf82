package mqworkbook.workbench.brokers.external;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.judge.learner.Workbook;

/**
 * The setting with the address of a broker that somebody else runs. It is looked for in a system property
 * ({@code kafka.bootstrap}), in the environment ({@code MQ_WORKBOOK_KAFKA_BOOTSTRAP}) and, under the property's name, in
 * a file: the one that {@code -Dbrokers.file} or {@code MQ_WORKBOOK_BROKERS_FILE} names, else
 * {@code .workbook/brokers.properties} in the workbook's folder, which is never committed.
 *
 * @param kind the product
 * @param property the system property, and the key in the file
 * @param example a value, for messages
 */
public record ExternalAddress(BrokerKind kind, String property, String example) {

    private static final String FILE_PROPERTY = "brokers.file";
    private static final String FILE_VARIABLE = "MQ_WORKBOOK_BROKERS_FILE";
    private static final String USUAL_FILE = "brokers.properties";

    /** Whether an address was given anywhere. */
    public boolean isGiven() {
        return find().isPresent();
    }

    /**
     * The address as it was given.
     *
     * @throws BrokerUnavailableException when there is none, with the settings that may hold it
     */
    public String value() {
        return find().orElseThrow(() -> new BrokerUnavailableException("An external " + kind.displayName()
                + " needs its address: add " + asSwitch() + ", or set " + variable() + ", or write it as " + property
                + " into .workbook/" + USUAL_FILE));
    }

    /** The system property with an example, as it is typed. */
    public String asSwitch() {
        return "-D" + property + "=" + example;
    }

    /** What to say of a value that makes no sense. */
    public BrokerUnavailableException malformed(Throwable cause) {
        return new BrokerUnavailableException(
                "The address in " + property + " cannot be read: write it like " + asSwitch(), cause);
    }

    private String variable() {
        return "MQ_WORKBOOK_" + property.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private Optional<String> find() {
        return given(System.getProperty(property))
                .or(() -> given(System.getenv(variable())))
                .or(() -> file().flatMap(this::inFile));
    }

    private Optional<String> inFile(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new BrokerUnavailableException(
                    "The file with the brokers' addresses cannot be read (" + e.getMessage() + "): correct " + file
                            + ", or name another with -D" + FILE_PROPERTY + "=FILE",
                    e);
        }
        return given(properties.getProperty(property));
    }

    private static Optional<Path> file() {
        Optional<String> named = given(System.getProperty(FILE_PROPERTY)).or(() -> given(System.getenv(FILE_VARIABLE)));
        return named.isPresent()
                ? named.map(Path::of)
                : Workbook.state().map(state -> state.resolve(USUAL_FILE)).filter(Files::exists);
    }

    private static Optional<String> given(String value) {
        return Optional.ofNullable(value).map(String::strip).filter(text -> !text.isEmpty());
    }
}
