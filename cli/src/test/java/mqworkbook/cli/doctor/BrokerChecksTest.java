package mqworkbook.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import mqworkbook.cli.prepare.Readiness;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Choice;
import mqworkbook.workbench.brokers.Supply;
import mqworkbook.workbench.brokers.Way;
import org.junit.jupiter.api.Test;

class BrokerChecksTest {

    private static final Optional<Choice> LOCAL =
            Optional.of(new Choice(BrokerKind.KAFKA, Way.LOCAL, "no Docker engine answers here"));

    private static final Supply JARS = Supply.there("libraries", "44 jars");

    @Test
    void aBrokerThatLacksNothingIsWell() {
        Readiness ready = new Readiness(BrokerKind.KAFKA, LOCAL, "", List.of(JARS), true);

        assertThat(BrokerChecks.of(ready, true))
                .isEqualTo(new Check(
                        "Kafka",
                        Check.State.OK,
                        "as a local process (no Docker engine answers here)",
                        List.of("libraries 44 jars")));
    }

    @Test
    void whatIsNotThereYetIsNamedWithTheCommandThatFetchesIt() {
        Check check = BrokerChecks.of(unready(), true);

        assertThat(check.state()).isEqualTo(Check.State.NOTE);
        assertThat(check.details())
                .containsExactly("libraries 44 jars", "not there yet: class-data archive: ./workbook prepare");
    }

    @Test
    void whatNoLessonAsksForNeedsNoCommand() {
        assertThat(BrokerChecks.of(unready(), false).details())
                .contains("not there yet: class-data archive; no lesson asks for it yet");
    }

    @Test
    void aBrokerThatCannotBeHadMattersOnlyWhereALessonAsksForIt() {
        Readiness none =
                new Readiness(BrokerKind.RABBITMQ, Optional.empty(), "run \"brew install rabbitmq\"", List.of(), false);

        assertThat(BrokerChecks.of(none, true).state()).isEqualTo(Check.State.MISSING);
        assertThat(BrokerChecks.of(none, true).details()).containsExactly("run \"brew install rabbitmq\".");
        assertThat(BrokerChecks.of(none, false).state()).isEqualTo(Check.State.NOTE);
    }

    private static Readiness unready() {
        return new Readiness(BrokerKind.KAFKA, LOCAL, "", List.of(JARS, Supply.missing("class-data archive")), false);
    }
}
