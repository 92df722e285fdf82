package mqworkbook.workbench.judge.report;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines. */
public final class Wrap {

    private Wrap() {}

    /**
     * Lines of at most this many columns, broken at blanks; line breaks of the text stay, and a word that is longer than
     * a line (a path, an id) stays whole.
     */
    public static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.strip().split("\\R")) {
            StringBuilder line = new StringBuilder();
            for (String word : paragraph.stripTrailing().split(" ")) {
                if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                    lines.add(line.toString());
                    line.setLength(0);
                } else if (line.length() > 0) {
                    line.append(' ');
                }
                line.append(word);
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** The text behind a label, later lines indented to where the first begins. */
    public static String labelled(String label, String text, int width) {
        String indent = " ".repeat(label.length());
        List<String> lines = lines(text, width - label.length());
        StringBuilder wrapped = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            wrapped.append((i == 0 ? label : indent) + lines.get(i)).append('\n');
        }
        return wrapped.toString();
    }
}
