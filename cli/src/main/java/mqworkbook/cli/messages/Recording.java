package mqworkbook.cli.messages;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The recorded messages of one answer. Faults that depend on chance have several faces: another test may be the first to
 * see them.
 *
 * @param faces messages in their normal form, each different from the others
 */
public record Recording(List<Message> faces) {

    private static final String BETWEEN = "----\n";

    public Recording {
        faces = List.copyOf(faces);
    }

    /** Reads what {@link #text()} has written. */
    static Recording parse(String text) {
        return new Recording(Stream.of(text.replace("\r\n", "\n").split(BETWEEN))
                .map(Message::parse)
                .flatMap(Optional::stream)
                .toList());
    }

    /** Whether a message is one of the faces; the values that were seen need not be the same. */
    public boolean knows(Message message) {
        Message normal = message.normal();
        return faces.stream().anyMatch(face -> face.telling().equals(normal.telling()));
    }

    /** The same, with this message as a further face. */
    public Recording with(Message message) {
        if (knows(message)) {
            return this;
        }
        List<Message> more = new ArrayList<>(faces);
        more.add(message.normal());
        return new Recording(more);
    }

    /** What differs from the face that is most like the message: two lines for each part; empty where nothing does. */
    public List<String> difference(Message message) {
        Message normal = message.normal();
        return faces.stream()
                .map(face -> difference(face, normal))
                .min(Comparator.comparingInt(List::size))
                .orElse(List.of());
    }

    private static List<String> difference(Message face, Message message) {
        List<String> lines = new ArrayList<>();
        message.telling().forEach((part, said) -> {
            String recorded = face.telling().getOrDefault(part, "");
            if (!recorded.equals(said)) {
                lines.add("- %-8s %s".formatted(part, recorded));
                lines.add("+ %-8s %s".formatted(part, said));
            }
        });
        return lines;
    }

    /** All faces, for a file. */
    String text() {
        return String.join(BETWEEN, faces.stream().map(Message::text).toList());
    }
}
