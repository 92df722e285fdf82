package mqworkbook.cli.learner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import mqworkbook.cli.messages.Message;
import mqworkbook.cli.messages.Recordings;
import mqworkbook.workbench.answer.LessonFiles;
import mqworkbook.workbench.answer.MistakeHeader;

/** The mistakes that a lesson knows, found by what the judge has said about each of them. */
public final class KnownMistakes {

    /** More would be a list to try out, and no hint. */
    private static final int MOST = 2;

    private final LessonFiles lesson;
    private final Recordings recordings;

    private KnownMistakes(LessonFiles lesson) {
        this.lesson = lesson;
        this.recordings = Recordings.of(lesson);
    }

    public static KnownMistakes of(LessonFiles lesson) {
        return new KnownMistakes(lesson);
    }

    /**
     * The mistakes that fail the same test with the same headline, and of these the ones whose Means, Suspect and Seen are most
     * like it: two at most, and none where more fit equally well. The first failure counts; a later one only where no
     * mistake is known for those before it, because it may be a consequence.
     *
     * @param failures of one run, in their order
     */
    public List<MistakeHeader> resembling(List<Message> failures) {
        return failures.stream()
                .map(failure -> resembling(failure.normal()))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(List.of());
    }

    /** Empty where no mistake has this signature. */
    private Optional<List<MistakeHeader>> resembling(Message failure) {
        List<Path> best = new ArrayList<>();
        int mostAlike = -1;
        for (Path mistake : lesson.mistakes()) {
            int alike = alike(mistake, failure).orElse(-1);
            if (alike > mostAlike) {
                best.clear();
                mostAlike = alike;
            }
            if (alike >= 0 && alike == mostAlike) {
                best.add(mistake);
            }
        }
        if (best.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                best.size() > MOST
                        ? List.of()
                        : best.stream().map(MistakeHeader::of).toList());
    }

    /** How much of the rest of the message is that of the mistake; empty when it has another signature. */
    private OptionalInt alike(Path mistake, Message failure) {
        return recordings.ofMistake(mistake.getFileName().toString()).faces().stream()
                .filter(failure::hasSignatureOf)
                .mapToInt(failure::fieldsLike)
                .max();
    }
}
