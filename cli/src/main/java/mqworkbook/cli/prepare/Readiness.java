package mqworkbook.cli.prepare;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.brokers.Choice;
import mqworkbook.workbench.brokers.Provider;
import mqworkbook.workbench.brokers.Providers;
import mqworkbook.workbench.brokers.Supply;
import mqworkbook.workbench.brokers.Way;
import mqworkbook.workbench.brokers.docker.Images;

/**
 * How a kind of broker would be run here, and whether all is there for it.
 *
 * @param choice the way and why; empty when there is none
 * @param problem why there is none, with the command that mends it; empty when there is one
 * @param supplies what it takes for that way, there or not
 * @param complete whether a run would have to fetch and make nothing
 */
public record Readiness(
        BrokerKind kind, Optional<Choice> choice, String problem, List<Supply> supplies, boolean complete) {

    /** Of that kind, now; starts and fetches nothing. */
    public static Readiness of(BrokerKind kind) {
        try {
            Choice choice = Brokers.forRun().choice(kind);
            return switch (choice.way()) {
                case EXTERNAL -> new Readiness(kind, Optional.of(choice), "", List.of(), true);
                case LOCAL ->
                    new Readiness(
                            kind,
                            Optional.of(choice),
                            "",
                            provider(kind).localSupplies(),
                            provider(kind).isLocalPrepared());
                case DOCKER -> ofImages(choice);
            };
        } catch (BrokerUnavailableException e) {
            return new Readiness(kind, Optional.empty(), e.getMessage(), List.of(), false);
        }
    }

    /** Whether it would be run that way. */
    public boolean isIn(Way way) {
        return choice.filter(chosen -> chosen.way() == way).isPresent();
    }

    /** What is missing, for a sentence: {@code Redis in a container: image redis:8.0.3}. */
    public String lacks() {
        return choice.map(chosen -> kind.displayName() + " " + chosen.way().phrase() + ": "
                        + supplies.stream()
                                .filter(supply -> supply.found().isEmpty())
                                .map(Supply::name)
                                .collect(Collectors.joining(", ")))
                .orElse(kind.displayName() + ": " + problem);
    }

    private static Readiness ofImages(Choice choice) {
        List<Supply> images = Images.neededFor(choice.kind())
                .map(image -> Engine.current()
                                .filter(engine -> engine.hasImage(image))
                                .isPresent()
                        ? Supply.there("image", image)
                        : Supply.missing("image " + image))
                .toList();
        boolean complete = images.stream().allMatch(image -> image.found().isPresent());
        return new Readiness(choice.kind(), Optional.of(choice), "", images, complete);
    }

    static Provider provider(BrokerKind kind) {
        List<Provider> all = Providers.all();
        return all.stream().filter(each -> each.kind() == kind).findFirst().orElseThrow();
    }
}
