package mqworkbook.cli.documents;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Every call of the launcher is one that the command line takes. */
final class WorkbookCalls implements PageCheck {

    private static final Shell SHELL = new Shell("\\./workbook|workbook\\.cmd");

    private final Function<List<String>, Optional<String>> problem;

    /**
     * A check.
     *
     * @param problem what is wrong with arguments of the command line, in a sentence
     */
    WorkbookCalls(Function<List<String>, Optional<String>> problem) {
        this.problem = problem;
    }

    @Override
    public List<Complaint> of(Page page) {
        List<Complaint> complaints = new ArrayList<>();
        for (Page.Part code : page.code()) {
            for (List<String> arguments : SHELL.calls(code.text())) {
                problem.apply(arguments)
                        .ifPresent(text -> complaints.add(new Complaint(
                                code.line(), "names ./workbook " + String.join(" ", arguments) + ": " + text)));
            }
        }
        return complaints;
    }
}
