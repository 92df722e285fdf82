package mqworkbook.cli.documents;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Links within the repository lead to files that are there, and to headings that these have. */
final class Links implements PageCheck {

    private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*", Pattern.CASE_INSENSITIVE);

    @Override
    public List<Complaint> of(Page page) {
        return page.links().stream()
                .filter(link -> !ELSEWHERE.matcher(link.text()).matches())
                .flatMap(link -> complaint(page, link.text()).map(text -> new Complaint(link.line(), text)).stream())
                .toList();
    }

    private static Optional<String> complaint(Page page, String link) {
        int hash = link.indexOf('#');
        String path = decoded(hash < 0 ? link : link.substring(0, hash));
        String anchor = hash < 0 ? "" : decoded(link.substring(hash + 1));
        Path target = path.isEmpty() ? page.file() : page.file().resolveSibling(path);
        if (path.startsWith("/") || !Files.exists(target)) {
            return Optional.of("links to " + path + ", which is not there.");
        }
        boolean missing = !anchor.isEmpty()
                && target.toString().endsWith(".md")
                && !Page.read(target).anchors().contains(anchor);
        return missing ? Optional.of("links to " + link + "; there is no such heading.") : Optional.empty();
    }

    private static String decoded(String text) {
        // In a path a plus is a plus.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
