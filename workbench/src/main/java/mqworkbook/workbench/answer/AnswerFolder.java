package mqworkbook.workbench.answer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** A folder that somebody named as an answer, and the rules that it has to keep. */
final class AnswerFolder {

    private final LessonFiles lesson;
    private final Path folder;

    private AnswerFolder(LessonFiles lesson, Path folder) {
        this.lesson = lesson;
        this.folder = folder;
    }

    /**
     * Finds the folder.
     *
     * @param folder relative paths count from the working directory
     * @throws AnswerException if there is none; names a folder of the solutions with a similar name
     */
    static AnswerFolder of(LessonFiles lesson, Path folder) {
        Path absolute = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(absolute)) {
            String similar = Suggestion.closest(
                            absolute.getFileName().toString(),
                            lesson.knownAnswers(),
                            known -> known.getFileName().toString())
                    .map(known -> " Did you mean " + lesson.root().relativize(known) + "?")
                    .orElse("");
            throw new AnswerException("There is no folder " + absolute + "." + similar);
        }
        return new AnswerFolder(lesson, absolute);
    }

    /** Whether it belongs to the workbook's own solutions. */
    boolean isSolution() {
        return real(folder).startsWith(real(lesson.root()).resolve("solutions"));
    }

    /** {@code answer-NAME-} and eight hexadecimal digits that tell apart folders of the same name. */
    String id() {
        CRC32 hash = new CRC32();
        hash.update(real(folder).toString().getBytes(StandardCharsets.UTF_8));
        String name = folder.getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "_");
        return "answer-%s-%08x".formatted(name, hash.getValue());
    }

    /**
     * The files to lay over the base.
     *
     * @param base the places that the base fills
     * @throws AnswerException if none of them would be replaced, or code of the lesson's own would be
     */
    SortedMap<String, Path> overlay(Set<String> base) {
        SortedMap<String, Path> files = new TreeMap<>(SourceTree.of(sources()).files());
        removeLessonsOwn(files, SourceTree.of(lesson.given()));
        removeLessonsOwn(files, SourceTree.of(lesson.tests()));
        if (files.keySet().stream().noneMatch(base::contains)) {
            throw new AnswerException("The folder " + folder + " replaces no file of lesson " + lesson.name()
                    + ". It should hold at least one of " + String.join(", ", base) + ".");
        }
        if (isMistake()) {
            files.keySet().stream()
                    .filter(place -> !base.contains(place))
                    .findFirst()
                    .ifPresent(added -> {
                        throw new AnswerException("The mistake " + folder + " adds " + added
                                + ". Every file of a mistake must replace one of the reference.");
                    });
        }
        return files;
    }

    private boolean isMistake() {
        Path parent = real(folder).getParent();
        return isSolution() && parent != null && parent.endsWith("mistakes");
    }

    /** A checkout of the workbook or of the lesson holds the answer deeper down. */
    private Path sources() {
        return Stream.of("lessons/" + lesson.name() + "/src/main/java", "src/main/java")
                .map(folder::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(folder);
    }

    /** Unchanged copies of given code or tests do no harm; changed ones would bend the judge. */
    private void removeLessonsOwn(SortedMap<String, Path> files, SourceTree own) {
        own.files().forEach((place, original) -> {
            Path copy = files.remove(place);
            if (copy != null && differ(copy, original)) {
                throw new AnswerException("The answer " + folder + " changes " + place
                        + ", which belongs to the lesson. Leave it as " + original + " has it.");
            }
        });
    }

    private static boolean differ(Path left, Path right) {
        try {
            // By lines, because a checkout may have other line ends.
            return !Files.readAllLines(left).equals(Files.readAllLines(right));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
