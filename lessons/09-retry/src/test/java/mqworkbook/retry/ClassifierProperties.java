package mqworkbook.retry;

import mqworkbook.retry.payment.Failure;
import mqworkbook.retry.payment.GatewayException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

class ClassifierProperties {

    @Property(tries = 1000)
    @Label("however deep the cause lies, it is classified as itself")
    void depth(@ForAll("known") Failures.Known known, @ForAll @IntRange(max = 30) int depth) {
        Statistics.label("depth")
                .collect(depth == 0 ? "bare" : depth == 1 ? "wrapped once" : "deep")
                .coverage(coverage -> coverage.check("deep").percentage(share -> share > 30));
        Classified.expect(Failures.wrapped(known.thrown(), depth), known.failure());
    }

    @Property(tries = 1000)
    @Label("each status of the gateway is what the table says")
    void status(@ForAll @IntRange(min = 300, max = 599) int status) {
        Failure expected = switch (status) {
            case 408, 429, 502, 503, 504 -> Failure.TEMPORARY;
            case 501 -> Failure.PERMANENT;
            default -> status >= 400 && status < 500 ? Failure.PERMANENT : Failure.UNKNOWN;
        };
        Statistics.label("failure")
                .collect(expected)
                .coverage(coverage -> coverage.check(Failure.PERMANENT).percentage(share -> share > 10));
        Classified.expect(new GatewayException(status, "status " + status), expected);
    }

    @Provide
    Arbitrary<Failures.Known> known() {
        return Arbitraries.of(Failures.all());
    }
}
