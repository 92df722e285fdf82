package mqworkbook.cli.prepare;

import java.util.List;
import java.util.Optional;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.brokers.Choice;
import mqworkbook.workbench.brokers.Provider;
import mqworkbook.workbench.brokers.Providers;

/**
 * How a kind of broker would be run here, and whether all is there for it.
 *
 * @param choice the way and why; empty when there is none
 * @param problem why there is none, with the command that mends it; empty when there is one
 * @param complete whether a run would have to fetch nothing
 */
public record Readiness(BrokerKind kind, Optional<Choice> choice, String problem, boolean complete) {

    /** Of that kind, now; starts and fetches nothing. */
    public static Readiness of(BrokerKind kind) {
        try {
            Choice choice = Brokers.forRun().choice(kind);
            boolean complete = switch (choice.way()) {
                case EXTERNAL -> true;
                case LOCAL -> provider(kind).isLocalPrepared();
                case DOCKER -> Engine.current().filter(provider(kind)::ready).isPresent();
            };
            return new Readiness(kind, Optional.of(choice), "", complete);
        } catch (BrokerUnavailableException e) {
            return new Readiness(kind, Optional.empty(), e.getMessage(), false);
        }
    }

    static Provider provider(BrokerKind kind) {
        List<Provider> all = Providers.all();
        return all.stream().filter(each -> each.kind() == kind).findFirst().orElseThrow();
    }
}
