package mqworkbook.sync;

import java.util.List;
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

/** Services that come late, on a real broker. */
class JoinProperties {

    /** Something happens to a user. */
    record Change(int user, boolean removal) {}

    /** What happens before a service joins, while its snapshot is on its way, and afterwards. */
    record Story(List<Change> before, List<Change> meanwhile, List<Change> afterwards) {}

    private static Site site;

    @BeforeContainer
    static void open() {
        site = Site.open();
    }

    @AfterContainer
    static void close() {
        if (site != null) {
            site.close();
        }
    }

    @Property(tries = 6, shrinking = ShrinkingMode.OFF, edgeCases = EdgeCasesMode.NONE)
    @Label("the new service shows what the source has, and goes back in nothing")
    void joined(@ForAll("stories") Story story) throws Exception {
        String run = "-" + Store.number();
        Source source = new Source(site);
        apply(source, story.before(), run);
        Joining joining = new Joining(site, source);
        joining.start(() -> apply(source, story.meanwhile(), run));
        apply(source, story.afterwards(), run);
        joining.expectEqual("for " + story);
        Statistics.label("meanwhile").collect(story.meanwhile().size() > 2 ? "much" : "little");
    }

    private static void apply(Source source, List<Change> changes, String run) throws Exception {
        for (Change change : changes) {
            String user = "U-" + change.user() + run;
            if (!source.isThere(user)) {
                source.registered(user);
            } else if (change.removal()) {
                source.removed(user);
            } else {
                source.changed(user);
            }
        }
    }

    @Provide
    Arbitrary<Story> stories() {
        Arbitrary<List<Change>> changes = Combinators.combine(
                        Arbitraries.integers().between(1, 3), Arbitraries.of(true, false, false))
                .as(Change::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
        return Combinators.combine(changes, changes, changes).as(Story::new);
    }
}
