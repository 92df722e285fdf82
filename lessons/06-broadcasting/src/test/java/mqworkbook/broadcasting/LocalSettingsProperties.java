package mqworkbook.broadcasting;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.workbench.judge.Wrong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

class LocalSettingsProperties {

    @Property(tries = 1000)
    @Label("the newest change of each key wins, and no version ever goes back")
    void newestWins(@ForAll("deliveries") List<Change> deliveries) {
        LocalSettings settings = new LocalSettings();
        Map<String, Change> model = new HashMap<>();
        boolean late = false;
        boolean copied = false;
        boolean afterRemoval = false;
        for (Change change : deliveries) {
            Change here = model.get(change.key());
            boolean news = here == null || change.version() > here.version();
            late |= here != null && change.version() < here.version();
            copied |= change.equals(here);
            afterRemoval |= here != null && here.value().isEmpty() && !news && !change.equals(here);
            Applying.expect(settings, change, news);
            if (news) {
                model.put(change.key(), change);
            }
        }
        Statistics.label("deliveries")
                .collect(late ? "late" : "in order")
                .coverage(coverage -> coverage.check("late").percentage(share -> share > 40));
        Statistics.label("copies")
                .collect(copied ? "with copies" : "no copies")
                .coverage(coverage -> coverage.check("with copies").percentage(share -> share > 20));
        Statistics.label("removals")
                .collect(afterRemoval ? "late after a removal" : "others")
                .coverage(coverage -> coverage.check("late after a removal").percentage(share -> share > 10));
    }

    @Property(tries = 1000)
    @Label("in whatever order they come, and however often, the same is left")
    void orderDoesNotMatter(@ForAll("deliveries") List<Change> deliveries, @ForAll java.util.Random random) {
        List<Change> shuffled = new java.util.ArrayList<>(deliveries);
        shuffled.addAll(deliveries);
        java.util.Collections.shuffle(shuffled, random);
        LocalSettings one = new LocalSettings();
        LocalSettings other = new LocalSettings();
        deliveries.forEach(one::apply);
        shuffled.forEach(other::apply);
        for (Change change : deliveries) {
            String key = change.key();
            if (one.version(key) != other.version(key) || !one.value(key).equals(other.value(key))) {
                throw Wrong.that("Two nodes that got the same changes in another order differ for good")
                        .seen("one: " + Fleet.state(one, key) + "; other: " + Fleet.state(other, key))
                        .means("The fleet is divided, and no further message brings it together.")
                        .suspect("no comparison of versions, or a removal that leaves nothing to compare with");
            }
        }
    }

    /** Deliveries of a short history: late, twice, and with holes. A version is always the same change. */
    @Provide
    Arbitrary<List<Change>> deliveries() {
        Arbitrary<Boolean> removals = Arbitraries.of(true, false, false);
        Arbitrary<List<Change>> histories = Combinators.combine(Arbitraries.of("a", "b"), removals)
                .as((key, removed) -> new Change(1, key, removed ? Optional.empty() : Optional.of("")))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(LocalSettingsProperties::numbered);
        return histories.flatMap(
                history -> Arbitraries.of(history).list().ofMinSize(1).ofMaxSize(12));
    }

    private static List<Change> numbered(List<Change> history) {
        List<Change> numbered = new java.util.ArrayList<>();
        for (Change change : history) {
            int version = numbered.size() + 1;
            numbered.add(new Change(version, change.key(), change.value().map(value -> "v" + version)));
        }
        return numbered;
    }
}
