package mqworkbook.cli.update;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import mqworkbook.cli.host.Git;

/** What was before each update, as git keeps it under {@code refs/workbook/before-update-TIME}. */
final class Befores {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd_HH-mm-ss");
    private static final String BEFORE = "refs/workbook/before-update-";

    private final Git git;

    Befores(Git git) {
        this.git = git;
    }

    /** The reference of an update at this time. */
    static String at(String time) {
        return BEFORE + time;
    }

    /** A reference for people. */
    static String shown(String ref) {
        return ref.replaceFirst("^refs/", "");
    }

    /** The last one's reference. */
    Optional<String> last() {
        return git.lines("", "for-each-ref", "--sort=-refname", "--format=%(refname)", "refs/workbook/").stream()
                .filter(name -> name.startsWith(BEFORE))
                .findFirst();
    }

    /** Now, and later than every update so far, also within one second or after the clock was set back. */
    String nextTime() {
        LocalDateTime now = LocalDateTime.now();
        return last().map(name -> LocalDateTime.parse(name.substring(BEFORE.length()), TIME)
                        .plusSeconds(1))
                .filter(next -> next.isAfter(now))
                .map(TIME::format)
                .orElse(TIME.format(now));
    }
}
