package mqworkbook.workbench.answer;

import java.nio.file.Files;
import java.util.List;
import mqworkbook.workbench.brokers.cache.Fingerprint;

/** What the learner's files are, in few letters. */
public final class SkeletonState {

    private SkeletonState() {}

    /** A fingerprint of the learner's Java files by their place and content; a touch or a checkout does not change it. */
    public static String of(LessonFiles lesson) {
        return Files.isDirectory(lesson.skeleton())
                ? new Fingerprint()
                        .contents(
                                List.of(lesson.skeleton()),
                                file -> file.getFileName().toString().endsWith(".java"))
                        .toString()
                : "";
    }
}
