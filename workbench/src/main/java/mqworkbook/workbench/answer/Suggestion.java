package mqworkbook.workbench.answer;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Finds what somebody most likely meant to type. */
public final class Suggestion {

    private Suggestion() {}

    /**
     * The candidate closest to what was typed.
     *
     * @param typed what was typed
     * @param candidates what there is
     * @param name the text of a candidate that would have been typed
     * @return empty when nothing is close: more than a third of the letters, and more than two, would have to change
     */
    public static <T> Optional<T> closest(String typed, Collection<T> candidates, Function<T, String> name) {
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> distance(typed, name.apply(candidate))))
                .filter(best -> isClose(typed, name.apply(best)));
    }

    private static boolean isClose(String typed, String candidate) {
        boolean partOfIt =
                typed.length() >= 3 && candidate.toLowerCase(Locale.ROOT).contains(typed.toLowerCase(Locale.ROOT));
        return partOfIt || distance(typed, candidate) <= Math.max(2, candidate.length() / 3);
    }

    /** Levenshtein's distance, ignoring case. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
