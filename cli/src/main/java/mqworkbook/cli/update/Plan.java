package mqworkbook.cli.update;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mqworkbook.cli.host.Git;

/**
 * What an update would make of a checkout. Making it changes nothing but git's store.
 *
 * @param head the commit to be at
 * @param index the tree of that commit
 * @param files the tree for the files
 * @param outcomes what becomes of each of the learner's files
 * @param foreign files outside of the learner's places that the learner has changed, and the update would replace
 * @param workbookFiles how many files of the workbook change
 */
record Plan(String head, String index, String files, List<Outcome> outcomes, List<String> foreign, long workbookFiles) {

    /**
     * Makes it.
     *
     * @param now the checkout as it is
     * @param begun the commit of the workbook that the learner's work stands on
     * @param newest the commit of the workbook to come to
     * @param scratch an empty folder, whose files may stay
     */
    static Plan of(Git git, Snapshot now, String begun, String newest, Path scratch) throws IOException {
        GitTree base = GitTree.of(git, begun);
        GitTree newer = GitTree.of(git, newest);
        GitTree mine = GitTree.of(git, now.files());
        GitTree committed = GitTree.of(git, now.head());
        LearnerFiles learner = new LearnerFiles(git, base, newer, scratch);
        List<Outcome> outcomes = learner.together(mine);
        String files = tree(git, newest, newer, withAdded(outcomes, mine, base, newer));
        boolean ahead = !git.succeeds("merge-base", "--is-ancestor", now.head(), newest);
        String index = ahead
                ? tree(git, newest, newer, withAdded(learner.together(committed), committed, base, newer))
                : git.lines("", "rev-parse", newest + "^{tree}").get(0);
        String head = ahead ? merge(git, index, now.head(), newest) : newest;
        long changed = Change.between(mine, GitTree.of(git, files)).stream()
                .filter(change -> !LearnerFiles.isPlace(change.path()))
                .count();
        return new Plan(head, index, files, outcomes, foreign(mine, base, newer), changed);
    }

    /** Those of a kind. */
    List<Outcome> outcomes(Outcome.Kind kind) {
        return outcomes.stream().filter(outcome -> outcome.kind() == kind).toList();
    }

    private static List<String> foreign(GitTree mine, GitTree base, GitTree newer) {
        return mine.files().entrySet().stream()
                .filter(file -> !LearnerFiles.isPlace(file.getKey()))
                .filter(file -> base.at(file.getKey()).isPresent()
                        || newer.at(file.getKey()).isPresent())
                .filter(file -> !Optional.of(file.getValue()).equals(base.at(file.getKey()))
                        && !Optional.of(file.getValue()).equals(newer.at(file.getKey())))
                .map(file -> file.getKey())
                .toList();
    }

    /** Files that neither version of the workbook has are in nobody's way, wherever they are. */
    private static List<Outcome> withAdded(List<Outcome> outcomes, GitTree mine, GitTree base, GitTree newer) {
        Stream<Outcome> added = mine.files().entrySet().stream()
                .filter(file -> !LearnerFiles.isPlace(file.getKey()))
                .filter(file -> base.at(file.getKey()).isEmpty()
                        && newer.at(file.getKey()).isEmpty())
                .map(file -> new Outcome(file.getKey(), Outcome.Kind.KEPT, Optional.of(file.getValue())));
        List<Outcome> all = new ArrayList<>(outcomes);
        all.addAll(added.toList());
        return all;
    }

    private static String tree(Git git, String newest, GitTree newer, List<Outcome> outcomes) {
        String lines = outcomes.stream()
                .filter(outcome -> !outcome.result().equals(newer.at(outcome.path())))
                .map(outcome -> GitTree.line(outcome.path(), outcome.result()) + "\n")
                .collect(Collectors.joining());
        return git.withOwnIndex((own, scratch) -> {
            own.lines("", "read-tree", newest);
            own.lines(lines, "update-index", "--index-info");
            return own.lines("", "write-tree").get(0);
        });
    }

    private static String merge(Git git, String tree, String head, String newest) {
        String time = git.line("log", "-1", "--format=%cI", newest).orElseThrow();
        return git.byWorkbook(time)
                .lines(
                        "",
                        "commit-tree",
                        tree,
                        "-p",
                        head,
                        "-p",
                        newest,
                        "-m",
                        "The newer workbook under what was done so far")
                .get(0);
    }
}
