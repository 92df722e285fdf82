package mqworkbook.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import mqworkbook.cli.host.Terminal;
import mqworkbook.cli.host.Workspace;
import mqworkbook.cli.learner.Mirror;
import mqworkbook.workbench.answer.Answer;
import mqworkbook.workbench.answer.LessonFiles;

/** What {@code next} says to somebody who has not begun with a lesson: the README shows it. */
final class FirstSight {

    private FirstSight() {}

    /**
     * Asks in a checkout with this one lesson, which was never run.
     *
     * @param skeleton the lesson as it is handed over
     * @param folder for that checkout; nothing may lie there
     * @return the file that holds what was printed
     */
    static Path of(LessonFiles lesson, Answer skeleton, Path folder) {
        LessonFiles fresh = new LessonFiles(folder, lesson.name());
        Mirror.of(lesson.tests()).into(fresh.tests());
        skeleton.mergeInto(fresh.skeleton());
        try {
            Files.writeString(folder.resolve("pom.xml"), "<project/>");
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
            Main.run(new Workspace(folder), new Terminal(stream, false, false), "next");
            return Files.write(folder.resolve("next.txt"), printed.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
