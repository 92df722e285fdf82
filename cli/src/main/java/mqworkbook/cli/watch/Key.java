package mqworkbook.cli.watch;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the learner can ask for while a lesson is watched. */
public enum Key {
    HINT('h', "hint", "the next hint for the step that you are at"),
    NEXT('n', "next", "what to do next: step, file and line"),
    ALL('a', "all", "run all steps, also those behind a step that is not done"),
    LIST('l', "list", "the lessons and how far you are"),
    SOLUTION('s', "solution", "your code against the reference; while the lesson is not done, when asked twice"),
    RESET('r', "reset", "the skeleton again; your work is kept"),
    UNDO('u', "undo", "bring back what a reset has replaced"),
    AGAIN(' ', "again", "judge the code as it is"),
    HELP('?', "keys", "these keys"),
    QUIT('q', "quit", "end");

    private final char letter;
    private final String word;
    private final String meaning;

    Key(char letter, String word, String meaning) {
        this.letter = letter;
        this.word = word;
        this.meaning = meaning;
    }

    /** The key of this letter, in either case. */
    static Optional<Key> of(int letter) {
        int small = letter == '\r' || letter == '\n' ? ' ' : Character.toLowerCase(letter);
        return Stream.of(values()).filter(key -> key.letter == small).findFirst();
    }

    /** All in one line. */
    static String line() {
        return Stream.of(HINT, NEXT, ALL, LIST, SOLUTION, RESET, HELP, QUIT)
                .map(key -> key.letter + " " + key.word)
                .collect(Collectors.joining("   "));
    }

    /** What each does, a line for each. */
    static String help() {
        return Stream.of(values())
                .map(key -> "  %-7s%s".formatted(key == AGAIN ? "space" : key.letter, key.meaning))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
