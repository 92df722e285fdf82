package mqworkbook.workbench.answer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The sources of one answer to a lesson, each file by the place that its package gives it. */
public final class Answer {

    /** What a folder is laid over, so that it need hold only the files that differ. */
    public enum Base {
        SKELETON,
        REFERENCE
    }

    private final String id;
    private final SortedMap<String, Path> files;

    private Answer(String id, SortedMap<String, Path> files) {
        this.id = id;
        this.files = files;
    }

    /** The lesson as the learner has it now. */
    public static Answer skeleton(LessonFiles lesson) {
        return new Answer("skeleton", SourceTree.of(lesson.skeleton()).files());
    }

    /** The reference. */
    public static Answer reference(LessonFiles lesson) {
        return new Answer("solutions", SourceTree.of(lesson.reference()).files());
    }

    /** Exactly the files of a folder, laid over nothing. */
    public static Answer of(String id, Path folder) {
        return new Answer(id, SourceTree.of(folder).files());
    }

    /**
     * The answer in a folder: a source root, a checkout of the lesson, or a folder with the Java files side by side.
     * Below {@code solutions/} it is laid over the reference, elsewhere over the skeleton: a half-done submission
     * must not earn the reference's marks.
     *
     * @throws AnswerException if there is no such folder, or it is no answer to this lesson
     */
    public static Answer at(LessonFiles lesson, Path folder) {
        return at(lesson, folder, Optional.empty());
    }

    /** Like {@link #at(LessonFiles, Path)}, with a chosen base. */
    public static Answer at(LessonFiles lesson, Path folder, Optional<Base> over) {
        AnswerFolder answer = AnswerFolder.of(lesson, folder);
        Base base = over.orElse(answer.isSolution() ? Base.REFERENCE : Base.SKELETON);
        SortedMap<String, Path> merged =
                new TreeMap<>(base == Base.REFERENCE ? reference(lesson).files : skeleton(lesson).files);
        merged.putAll(answer.overlay(merged.keySet()));
        return new Answer(answer.id(), merged);
    }

    /** Name of the build folder: {@code skeleton}, {@code solutions}, or {@code answer-NAME-} and a hash of its path. */
    public String id() {
        return id;
    }

    /** The files, from their path below a source root to where they lie. */
    public SortedMap<String, Path> files() {
        return new TreeMap<>(files);
    }

    /**
     * Makes the folder a source root that holds exactly this answer. Files that are the same already are not touched,
     * so that a compiler sees only what changed.
     */
    public void mergeInto(Path sourceRoot) {
        try {
            Files.createDirectories(sourceRoot);
            for (var entry : files.entrySet()) {
                Path target = sourceRoot.resolve(entry.getKey());
                if (!Files.exists(target) || Files.mismatch(entry.getValue(), target) >= 0) {
                    Files.createDirectories(target.getParent());
                    Files.write(target, Files.readAllBytes(entry.getValue()));
                }
            }
            removeOthers(sourceRoot);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void removeOthers(Path sourceRoot) throws IOException {
        try (var present = Files.walk(sourceRoot)) {
            for (Path file : present.filter(Files::isRegularFile).toList()) {
                String place = sourceRoot.relativize(file).toString().replace('\\', '/');
                if (!files.containsKey(place)) {
                    Files.delete(file);
                }
            }
        }
    }
}
