package mqworkbook.cli.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import mqworkbook.cli.messages.Message;
import mqworkbook.cli.messages.Recording;
import mqworkbook.cli.messages.Recordings;
import mqworkbook.workbench.answer.LessonFiles;

/**
 * Holds what the judge says to wrong and unfinished answers against what was recorded. What a mistake's header promises
 * holds besides; only the messages of answers that are proven are looked at.
 */
public final class GoldenMessages {

    /** What becomes of a message that is not recorded. */
    public enum Mode {
        COMPARE,
        /** It is recorded as a further face. */
        ADD,
        /** It is recorded in place of all faces. */
        AFRESH
    }

    private static final String RECORD = "./workbook verify %s --record";

    private final LessonFiles lesson;
    private final Recordings recordings;

    /** Those of a lesson. */
    public GoldenMessages(LessonFiles lesson) {
        this.lesson = lesson;
        this.recordings = Recordings.of(lesson);
    }

    /**
     * What is not as recorded.
     *
     * @param results a whole proof
     * @return notes: a sentence each, with lines that show a difference
     */
    public List<String> differences(List<ProofResult> results) {
        List<String> notes = new ArrayList<>();
        List<String> unrecorded = new ArrayList<>();
        for (ProofResult result : results) {
            Optional<Message> message = message(result);
            Recording recording = recordings.read(result.item().fileName());
            if (message.isPresent() && recording.faces().isEmpty()) {
                unrecorded.add(result.item().label());
            } else if (message.isPresent() && !recording.knows(message.get())) {
                notes.add(difference(result.item(), recording, message.get()));
            }
        }
        if (!unrecorded.isEmpty()) {
            notes.add(lesson.name() + ": not recorded are the messages of " + String.join(", ", unrecorded) + "; "
                    + RECORD.formatted(number()) + " does it.");
        }
        strays(results)
                .forEach(name -> notes.add(lesson.root().relativize(recordings.file(name)) + " belongs to no answer; "
                        + RECORD.formatted(number()) + " removes it."));
        return notes;
    }

    /**
     * Records what is not recorded yet, and removes what belongs to no answer.
     *
     * @return how many faces were written or files removed
     */
    public int record(List<ProofResult> results, Mode mode) {
        int changes = 0;
        for (ProofResult result : results) {
            Optional<Message> message = message(result);
            if (message.isPresent()) {
                String name = result.item().fileName();
                Recording recorded = recordings.read(name);
                Recording before = mode == Mode.AFRESH ? new Recording(List.of()) : recorded;
                Recording after = before.with(message.get());
                if (!after.equals(recorded)) {
                    recordings.write(name, after);
                    changes++;
                }
            }
        }
        List<String> strays = strays(results);
        strays.forEach(recordings::remove);
        return changes + strays.size();
    }

    private String difference(ProofItem item, Recording recording, Message message) {
        return lesson.name() + ", " + item.label() + ": the message is none of those in "
                + lesson.root().relativize(recordings.file(item.fileName())) + ":\n  "
                + String.join("\n  ", recording.difference(message));
    }

    /** Of an answer that is not proven nothing is to be learned; the proof is red anyway. */
    private static Optional<Message> message(ProofResult result) {
        return switch (result.item().kind()) {
            case SKELETON, GAP, MISTAKE ->
                result.proven() ? Message.parse(result.run().problem()) : Optional.empty();
            case REFERENCE, ALTERNATIVE -> Optional.empty();
        };
    }

    private List<String> strays(List<ProofResult> results) {
        Set<String> known =
                results.stream().map(result -> result.item().fileName()).collect(Collectors.toSet());
        return recordings.answers().stream()
                .filter(name -> !known.contains(name))
                .toList();
    }

    private String number() {
        return lesson.name().substring(0, 2);
    }
}
