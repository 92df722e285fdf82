package mqworkbook.cli;

import java.util.Map;
import java.util.TreeMap;
import mqworkbook.workbench.brokers.kept.Keeper;
import picocli.CommandLine.Option;

/** System properties for the JVM that judges, named as for Maven. */
final class JudgeProperties {

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            mapFallbackValue = "",
            description = "A property for the judge, as for Maven: -Dbrokers=docker, local or external.")
    private Map<String, String> properties = new TreeMap<>();

    Map<String, String> all() {
        return properties;
    }

    /** The same for a run that must not share brokers that are kept running. */
    Map<String, String> withOwnBrokers() {
        Map<String, String> all = new TreeMap<>(properties);
        all.putIfAbsent(Keeper.PROPERTY, "false");
        return all;
    }
}
