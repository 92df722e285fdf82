package mqworkbook.cli.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A chart that {@code payoff} has left.
 *
 * @param url the whole picture as an address, so that its styles stay its own
 * @param texts what stands in it, in order, as markup; the first is its title
 */
record Chart(String url, List<String> texts) {

    private static final Pattern TEXT = Pattern.compile("<text[^>]*>([^<]*)</text>");

    /** Empty where there is none, or none that is a picture. */
    static Optional<Chart> of(Path file) {
        try {
            String svg = Files.readString(file);
            List<String> texts =
                    TEXT.matcher(svg).results().map(found -> found.group(1)).toList();
            if (!svg.startsWith("<svg") || texts.isEmpty()) {
                return Optional.empty();
            }
            String data = Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
            return Optional.of(new Chart("data:image/svg+xml;base64," + data, texts));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
