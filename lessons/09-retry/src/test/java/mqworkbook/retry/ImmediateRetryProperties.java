package mqworkbook.retry;

import java.util.List;
import mqworkbook.retry.payment.Failure;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

class ImmediateRetryProperties {

    @Property(tries = 1000)
    @Label("tries and result are those of the rule: again while temporary, up to the limit")
    void rule(@ForAll("scripts") List<Failures.Known> script, @ForAll @IntRange(min = 1, max = 6) int maxTries) {
        int expected = 1;
        while (expected <= script.size()
                && expected < maxTries
                && script.get(expected - 1).failure() == Failure.TEMPORARY) {
            expected++;
        }
        boolean succeeds = expected > script.size();
        Statistics.label("end")
                .collect(succeeds ? "succeeds" : expected == maxTries ? "limit" : "not temporary")
                .coverage(coverage -> {
                    coverage.check("succeeds").percentage(share -> share > 10);
                    coverage.check("limit").percentage(share -> share > 10);
                    coverage.check("not temporary").percentage(share -> share > 10);
                });
        Tries tries = new Tries(
                script.stream().map(known -> (Exception) known.thrown()).toList());
        Exception thrown = tries.run(maxTries);
        tries.expect(expected, maxTries);
        tries.expectThrown(
                succeeds ? null : (Exception) script.get(expected - 1).thrown(), thrown);
    }

    @Provide
    Arbitrary<List<Failures.Known>> scripts() {
        List<Failures.Known> temporary = Failures.all().stream()
                .filter(known -> known.failure() == Failure.TEMPORARY)
                .toList();
        return Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(4, Arbitraries.of(temporary)),
                        net.jqwik.api.Tuple.of(1, Arbitraries.of(Failures.all())))
                .list()
                .ofMaxSize(8);
    }
}
