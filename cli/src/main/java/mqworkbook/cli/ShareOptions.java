package mqworkbook.cli;

import java.time.Clock;
import java.util.function.IntSupplier;
import mqworkbook.cli.classroom.Sharing;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.workbench.answer.AnswerException;
import mqworkbook.workbench.answer.LessonFiles;
import picocli.CommandLine.Option;

/** Whether a class may see how far the learner is: an option of each command that judges the learner's code. */
final class ShareOptions {

    private static final String OFF = "off";

    @Option(
            names = "--share",
            paramLabel = "URL|FOLDER",
            description =
                    "After this run and each later one here, tell this classroom how far you are; never your code."
                            + " \"--share off\" ends it.")
    private String classroom;

    @Option(names = "--as", paramLabel = "NAME", description = "The name to share under; unless told, your login name.")
    private String name;

    /**
     * Does what the options ask for, then runs, then shares where that is switched on.
     *
     * @param own whether the learner's own code is judged; another answer is nobody's progress
     * @param run judges, and returns an exit code
     * @return that exit code
     * @throws AnswerException if there is no such classroom
     */
    int around(Workspace workspace, Terminal terminal, LessonFiles lesson, boolean own, IntSupplier run) {
        Sharing sharing = asked(workspace, terminal, lesson);
        return own ? sharing.around(lesson, run) : run.getAsInt();
    }

    /**
     * Does what the options ask for.
     *
     * @return for the runs to come
     * @throws AnswerException if there is no such classroom
     */
    Sharing asked(Workspace workspace, Terminal terminal, LessonFiles lesson) {
        Sharing sharing = new Sharing(workspace, terminal, Clock.systemUTC());
        if (OFF.equals(classroom)) {
            sharing.end();
        } else if (classroom != null) {
            sharing.begin(classroom, name, lesson);
        } else if (name != null) {
            sharing.rename(name);
        }
        return sharing;
    }

    /** For a command that prints for a program: what is shared could not be told. */
    void refuseToBeginSilently() {
        if (classroom != null && !OFF.equals(classroom)) {
            throw new AnswerException("Sharing begins with telling what is sent: give --share once without --json.");
        }
    }
}
