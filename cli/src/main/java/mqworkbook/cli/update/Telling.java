package mqworkbook.cli.update;

import java.nio.file.Path;
import java.util.List;
import mqworkbook.cli.host.Git;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;

/** Says what an update does. */
final class Telling {

    private final Workspace workspace;
    private final Git git;
    private final Terminal terminal;

    Telling(Workspace workspace, Git git, Terminal terminal) {
        this.workspace = workspace;
        this.git = git;
        this.terminal = terminal;
    }

    /** What becomes of each file. */
    void plan(Plan plan, String begun, String newest, Path place) {
        List<String> commits = git.lines("", "rev-list", begun + ".." + newest);
        terminal.line("The workbook goes from " + begun.substring(0, Update.SHORT) + " to "
                + newest.substring(0, Update.SHORT) + ", " + count(commits.size(), "commit") + ".");
        terminal.line("  newer     " + count(plan.workbookFiles(), "file") + " of the workbook's own");
        List<Outcome> renewed = plan.outcomes(Outcome.Kind.NEWER);
        List<Outcome> kept = plan.outcomes(Outcome.Kind.KEPT);
        if (!renewed.isEmpty()) {
            terminal.line("  newer     " + count(renewed.size(), "skeleton file") + " that you have not touched");
        }
        if (!kept.isEmpty()) {
            terminal.line("  yours     " + count(kept.size(), "file") + " that you have edited, as they are");
        }
        plan.outcomes(Outcome.Kind.GONE)
                .forEach(outcome -> line(outcome, "stays; the newer workbook has no such file any more"));
        plan.outcomes(Outcome.Kind.MERGED).forEach(outcome -> line(outcome, "has your edits and the newer skeleton's"));
        plan.outcomes(Outcome.Kind.CONFLICT)
                .forEach(outcome -> line(
                        outcome, "yours stays; the newer one is " + workspace.display(place.resolve(outcome.path()))));
    }

    private void line(Outcome outcome, String text) {
        terminal.line("  " + (outcome.kind().word() + " ".repeat(10)).substring(0, 10) + outcome.path() + ": " + text);
    }

    /** Files that the learner has changed while the update ran. */
    void edited(List<String> edited, Path folder) {
        edited.forEach(
                path -> terminal.line("  edited    " + path + ": you have changed it meanwhile, and it is as you left"
                        + " it; what was to be there lies in " + workspace.display(folder)));
    }

    /** How to get back. */
    void kept(String time) {
        terminal.line("  Before    " + Befores.shown(Befores.at(time)));
        terminal.line("  Undo      ./workbook update --undo");
    }

    private static String count(long number, String word) {
        return number + " " + word + (number == 1 ? "" : "s");
    }
}
