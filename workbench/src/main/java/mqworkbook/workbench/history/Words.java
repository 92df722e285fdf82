package mqworkbook.workbench.history;

import java.util.Collection;
import java.util.List;

/** Counts, lists and cuts for texts that people read. */
final class Words {

    private static final int LISTED = 5;
    private static final int LONGEST_NAME = 60;

    private Words() {}

    /** "1 message", "3 messages". */
    static String count(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /** "once", "twice", "3 times". */
    static String times(int count) {
        return switch (count) {
            case 0 -> "never";
            case 1 -> "once";
            case 2 -> "twice";
            default -> count + " times";
        };
    }

    /** An id or a place on one line; says so when it has none. */
    static String name(String name) {
        return name(name, LONGEST_NAME);
    }

    /** The same, no longer than this. */
    static String name(String name, int longest) {
        return name.isBlank() ? "(no name)" : cut(name, longest);
    }

    /** "E-1", "E-1 and E-2", "E-1, E-2, E-3, E-4, E-5 and 7 more". */
    static String list(Collection<String> names) {
        List<String> shown = names.stream()
                .limit(LISTED)
                .map(name -> cut(name, LONGEST_NAME))
                .toList();
        int more = names.size() - shown.size();
        if (more > 0) {
            return String.join(", ", shown) + " and " + more + " more";
        }
        if (shown.size() < 2) {
            return String.join("", shown);
        }
        int last = shown.size() - 1;
        return String.join(", ", shown.subList(0, last)) + " and " + shown.get(last);
    }

    /** The reason in brackets, with a blank before it; nothing for no reason. */
    static String because(String reason) {
        return reason.isBlank() ? "" : " (" + cut(reason, LONGEST_NAME) + ")";
    }

    /** On one line, and no longer than this. */
    static String cut(String text, int longest) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= longest ? line : line.substring(0, Math.max(0, longest - 1)) + "…";
    }
}
