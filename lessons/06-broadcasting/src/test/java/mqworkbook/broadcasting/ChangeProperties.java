package mqworkbook.broadcasting;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.redis.RedisFixture;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;

class ChangeProperties {

    /**
     * What somebody wants changed.
     *
     * @param repeats how many changes ago the one was made that is asked for again; 0 for a new one
     * @param value empty for a removal
     */
    record Wish(int repeats, String key, Optional<String> value) {}

    private static RedisFixture redis;
    private static int tries;

    @BeforeContainer
    static void open() {
        redis = RedisFixture.open(Brokers.forRun().require(BrokerKind.REDIS));
    }

    @AfterContainer
    static void close() {
        redis.close();
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("store, version and channel equal those of a simple model")
    void asTheModel(@ForAll("wishes") List<Wish> wishes) {
        Fleet fleet = new Fleet(redis, redis.prefix() + tries++ + ".");
        try (SettingsStore store = fleet.store("admin")) {
            List<Change> made = new ArrayList<>();
            List<String> ids = new ArrayList<>();
            Map<String, Change> model = new LinkedHashMap<>();
            for (Wish wish : wishes) {
                boolean repeated = wish.repeats() > 0 && wish.repeats() <= made.size();
                Statistics.label("wishes")
                        .collect(repeated ? "repeated" : wish.value().isEmpty() ? "removal" : "put");
                if (repeated) {
                    int index = made.size() - wish.repeats();
                    expectSame(made.get(index), ids.get(index), again(store, ids.get(index), made.get(index)));
                } else {
                    Change expected = new Change(made.size() + 1, wish.key(), wish.value());
                    ids.add(Fleet.changeId());
                    Changes.expectMade(expected, again(store, ids.get(made.size()), expected), fleet.registry);
                    made.add(expected);
                    model.put(wish.key(), expected);
                }
            }
            if (!fleet.registry.all().equals(model)) {
                throw Wrong.that("A repeated change has changed the store")
                        .seen("stored is " + fleet.registry.all().values() + ", expected " + model.values())
                        .means("Whoever asks again, for want of an answer, undoes what others have done since.");
            }
        }
    }

    private static Change again(SettingsStore store, String id, Change change) {
        return change.value().isPresent()
                ? store.put(id, change.key(), change.value().get())
                : store.remove(id, change.key());
    }

    private static void expectSame(Change made, String id, Change told) {
        if (!made.equals(told)) {
            throw Wrong.that("A change that was made before is reported as another, or made again")
                    .seen(id + " was made as " + made.text() + "; asked for again, the caller was told " + told.text())
                    .means("Whoever asks again, for want of an answer, undoes what others have done since.")
                    .suspect("no memory of change ids, or one that forgets the version");
        }
    }

    @Provide
    Arbitrary<List<Wish>> wishes() {
        Arbitrary<Integer> repeats = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(2, Arbitraries.just(0)),
                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(1, 4)));
        Arbitrary<String> keys = Arbitraries.of("a", "b:c", "ü");
        Arbitrary<Optional<String>> values = Arbitraries.strings()
                .withChars("a=:\n☃ ")
                .ofMaxLength(4)
                .map(Optional::of)
                .optional()
                .map(value -> value.orElse(Optional.empty()));
        return Combinators.combine(repeats, keys, values)
                .as(Wish::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }
}
