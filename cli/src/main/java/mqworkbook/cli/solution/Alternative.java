package mqworkbook.cli.solution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Another right answer.
 *
 * @param name its folder's
 * @param difference what differs and when to choose it; empty where its files do not say
 */
public record Alternative(String name, String difference) {

    private static final Pattern JAVADOC = Pattern.compile("(?s)/\\*\\*(.*?)\\*/");

    /** Reads the first comment: on top of the first file that has one there, else the first file's Javadoc. */
    public static Alternative of(Path folder) {
        List<String> texts = files(folder);
        String difference = texts.stream()
                .filter(text -> text.startsWith("//"))
                .map(Alternative::lineComments)
                .findFirst()
                .or(() -> texts.stream()
                        .map(JAVADOC::matcher)
                        .filter(Matcher::find)
                        .map(found -> found.group(1).replaceAll("(?m)^\\s*\\*", " "))
                        .findFirst())
                .orElse("");
        return new Alternative(
                folder.getFileName().toString(),
                difference
                        .replaceAll("\\s+", " ")
                        .replaceFirst("^ ?Alternative: ", "")
                        .strip());
    }

    private static String lineComments(String text) {
        return text.lines()
                .takeWhile(line -> line.startsWith("//"))
                .map(line -> line.substring(2))
                .collect(Collectors.joining(" "));
    }

    private static List<String> files(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> files = all.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
            List<String> texts = new ArrayList<>();
            for (Path file : files) {
                texts.add(Files.readString(file));
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
