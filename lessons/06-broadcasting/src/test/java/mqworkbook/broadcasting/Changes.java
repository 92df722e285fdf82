package mqworkbook.broadcasting;

import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.broadcasting.config.InvalidChangeException;
import mqworkbook.workbench.judge.Wrong;

/** What must hold of changes, as examples and properties say it. */
final class Changes {

    private Changes() {}

    /** The caller was told this change, and it is stored. */
    static void expectMade(Change expected, Change told, Registry registry) {
        String entry = registry.entry(expected.key());
        if (!expected.text().equals(entry)) {
            throw Wrong.that("A change is not stored as the contract says")
                    .seen("expected \"" + expected.text() + "\" in the store; it holds "
                            + (entry == null ? "nothing for " + expected.key() : "\"" + entry + "\""))
                    .means("A node that joins later, or re-reads the store, goes by something else.")
                    .suspect("versions that do not count the changes 1, 2, 3, or an entry without its version");
        }
        if (registry.version() != expected.version()) {
            throw Wrong.that("The store's version is not that of its last change")
                    .seen("stored " + expected.text() + "; the version is " + registry.version())
                    .means("A node cannot find out whether it has missed something.");
        }
        if (!expected.equals(told)) {
            throw Wrong.that("The caller is told of another change than was made")
                    .seen("made " + expected.text() + ", told " + told);
        }
    }

    static void expectHeardLast(Change expected, Ear ear) {
        List<Change> heard = ear.changes();
        Change last = heard.isEmpty() ? null : heard.get(heard.size() - 1);
        if (!expected.equals(last)) {
            throw Wrong.that("A change is stored, and the nodes do not hear of it")
                    .seen("stored " + expected.text() + "; the last that was heard on the channel is "
                            + (last == null ? "nothing at all" : last.text()))
                    .means("The old setting lives on in every node, until it happens to restart.")
                    .suspect(
                            "no PUBLISH, another channel, or a list or queue, of which each message reaches one node only");
        }
        expectHeardOnce(expected, ear);
    }

    static void expectHeardOnce(Change change, Ear ear) {
        long times = ear.changes(change.key()).stream().filter(change::equals).count();
        if (times != 1) {
            throw Wrong.that("One change was published " + times + " times").seen(change.text());
        }
    }

    /** After whatever has befallen a change of a key: store and channel say the same. */
    static void expectWhole(Change before, Ear ear, Registry registry, String fault) {
        String key = before.key();
        Change stored = registry.stored(key).orElseThrow();
        List<Change> heard = ear.changes(key);
        Change last = heard.get(heard.size() - 1);
        if (last.version() > stored.version()) {
            throw Wrong.that("A change was published that is not stored")
                    .seen(fault + "; the nodes were told " + last.text() + ", stored is " + stored.text())
                    .means("Nodes apply it now, and lose it with their next restart: the fleet is divided.")
                    .suspect("publish before store, or the two in separate commands");
        }
        if (stored.version() > last.version()) {
            throw Wrong.that("A change was stored, and no node was told")
                    .seen(fault + "; stored is " + stored.text() + ", the last that the nodes were told is "
                            + last.text())
                    .means("The user is blocked in the database, and walks in through every node.")
                    .suspect("store and publish in separate commands");
        }
    }

    /** What is wrong when a version was drawn for a change that was never made; null when none was. */
    static Wrong hole(Registry registry, String fault) {
        long last = registry.all().values().stream()
                .mapToLong(Change::version)
                .max()
                .orElse(0);
        if (registry.version() != last) {
            return Wrong.that("A version was used up by a change that was never made")
                    .seen(fault + "; the store's version is " + registry.version()
                            + ", the last that any change has is " + last)
                    .means(
                            "Every node takes the hole for a message that it has lost, and looks for it again and again.")
                    .suspect("the version in a command of its own");
        }
        return null;
    }

    /** Two changes of one key that were made at once. */
    static void expectOrdered(String key, Change one, Change other, Ear ear, Registry registry, String fault) {
        if (one.version() == other.version()) {
            throw Wrong.that("Two changes have one version")
                    .seen(one.text() + " and " + other.text() + "; " + fault)
                    .means("Nodes take the second for a copy of the first: half of the fleet has one value, half the"
                            + " other.")
                    .suspect("a version that is read, and written later: no INCR, script or watched transaction");
        }
        Change newest = one.version() > other.version() ? one : other;
        Change stored = registry.stored(key).orElseThrow();
        if (!stored.equals(newest)) {
            throw Wrong.that("A slow change has overwritten a newer one")
                    .seen(fault + "; made were " + one.text() + " and " + other.text() + "; stored is " + stored.text())
                    .means("Nodes that were there have one value, nodes that join later the other.")
                    .suspect("number and store in separate commands");
        }
        expectInOrder(ear, fault);
    }

    /** Changes by many threads: numbered without gaps and copies, published in this order, the last of each key stored. */
    static void expectConsecutive(List<Change> made, Ear ear, Registry registry) {
        List<Long> versions = made.stream().map(Change::version).sorted().toList();
        List<Long> expected = LongStream.rangeClosed(1, made.size()).boxed().toList();
        if (!versions.equals(expected)) {
            throw Wrong.that("Versions do not count the changes")
                    .seen(made.size() + " changes have the versions " + versions)
                    .means("With a number twice, a change is taken for a copy; with one left out, for a lost message.")
                    .suspect("a clock or a random number as version, or read and write in separate commands");
        }
        expectInOrder(ear, made.size() + " changes by several threads");
        registry.all().forEach((key, stored) -> {
            Change last = made.stream()
                    .filter(change -> change.key().equals(key))
                    .max(Comparator.comparingLong(Change::version))
                    .orElseThrow();
            if (!stored.equals(last)) {
                throw Wrong.that("A slow change has overwritten a newer one")
                        .seen("the last change is " + last.text() + "; stored is " + stored.text());
            }
        });
    }

    private static void expectInOrder(Ear ear, String when) {
        List<Change> heard = ear.changes();
        for (int i = 1; i < heard.size(); i++) {
            if (heard.get(i).version() <= heard.get(i - 1).version()) {
                throw Wrong.that("Changes are published in another order than they are numbered")
                        .seen(when + "; heard " + heard.get(i - 1).text() + ", and then "
                                + heard.get(i).text())
                        .means("A node takes the skipped number for a loss, and reads the whole store for nothing.")
                        .suspect("number and publish in separate commands");
            }
        }
    }

    /** The text of a change that a test has stored itself. */
    static Change parsed(String text) {
        try {
            return Change.parse(text);
        } catch (InvalidChangeException e) {
            throw Wrong.that("What is stored is no change").seen("\"" + text + "\"");
        }
    }
}
