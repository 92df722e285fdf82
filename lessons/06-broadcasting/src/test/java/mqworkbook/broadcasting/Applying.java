package mqworkbook.broadcasting;

import mqworkbook.broadcasting.config.Change;
import mqworkbook.workbench.judge.Wrong;

/** What must hold when a change is applied, as examples and properties say it. */
final class Applying {

    private Applying() {}

    /** Applies the change, and looks whether it was taken for news, and what is there then. */
    static void expect(LocalSettings settings, Change change, boolean news) {
        String key = change.key();
        long before = settings.version(key);
        String stateBefore = Fleet.state(settings, key);
        boolean told = settings.apply(change);
        if (news
                && change.value().isEmpty()
                && settings.version(key) < change.version()
                && settings.value(key).isEmpty()) {
            throw Wrong.that("A node forgets when a setting was removed")
                    .seen(stateBefore + "; applied the removal " + change.text() + "; now "
                            + Fleet.state(settings, key))
                    .means(
                            "A message of before the removal comes late, and the user who was unblocked is blocked again.")
                    .suspect("a removal that leaves nothing to compare later changes with");
        }
        if (news && !Fleet.holds(settings, change)) {
            throw Wrong.that("A newer change is not applied")
                    .seen(stateBefore + "; applied " + change.text() + "; now " + Fleet.state(settings, key))
                    .means("The node goes by an old setting.");
        }
        if (!news && settings.version(key) != before) {
            throw Wrong.that("An older change was applied over a newer one")
                    .seen(stateBefore + "; applied " + change.text() + "; now " + Fleet.state(settings, key))
                    .means("Messages and re-reads overtake each other; whichever comes last wins, and nodes differ for"
                            + " good.")
                    .suspect("no comparison of versions, or a removal that leaves nothing to compare with");
        }
        if (!news && !stateBefore.equals(Fleet.state(settings, key))) {
            throw Wrong.that("A copy of a change has changed something")
                    .seen(stateBefore + "; applied " + change.text() + "; now " + Fleet.state(settings, key));
        }
        if (told != news) {
            throw Wrong.that(news ? "News is reported as old" : "A change that is old news is reported as new")
                    .seen(stateBefore + "; apply(" + change.text() + ") returned " + told)
                    .means(news ? "Nobody on this node acts on it." : "Listeners act on it once more, and go back.");
        }
    }

    static Wrong wentBack(Change newer, Change older, String now) {
        return Wrong.that("A node went back to an older version")
                .seen("it held " + newer.text() + "; then " + older.text() + " came late; now " + now)
                .means("A replayed or late message switches the feature on again, on some nodes.")
                .suspect("no comparison of versions: whichever comes last wins");
    }
}
