package mqworkbook.workbench.story;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds the ids of business events in text: {@code E-17}, {@code V-3-b}, UUIDs. */
final class Ids {

    private static final Pattern ID = Pattern.compile("(?<![\\w-])(?:[A-Z][A-Za-z]{0,11}-\\d+(?:-\\w+)*"
            + "|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?!\\w)");

    private Ids() {}

    /** Those in the text, in the order in which they come. */
    static Set<String> in(String text) {
        Set<String> ids = new LinkedHashSet<>();
        ID.matcher(text).results().map(MatchResult::group).forEach(ids::add);
        return ids;
    }

    static Set<String> in(Collection<String> texts) {
        Set<String> ids = new LinkedHashSet<>();
        texts.forEach(text -> ids.addAll(in(text)));
        return ids;
    }

    /** The first in the text; nothing where there is none. */
    static List<String> first(String text) {
        return in(text).stream().limit(1).toList();
    }

    /** Whether the text holds the name, and not as a part of a longer one. */
    static boolean names(String text, String name) {
        for (int at = text.indexOf(name); at >= 0 && !name.isEmpty(); at = text.indexOf(name, at + 1)) {
            boolean begins = at == 0 || !isPart(text.charAt(at - 1));
            int end = at + name.length();
            if (begins && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPart(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_';
    }
}
