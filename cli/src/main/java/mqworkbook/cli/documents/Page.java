package mqworkbook.cli.documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.SourceSpan;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A Markdown file, taken apart.
 *
 * @param file where it lies
 * @param code lines of code blocks, and inline code
 * @param links what it links to, pictures too
 * @param anchors its headings as GitHub names them in addresses
 * @param excerpts blocks under a comment {@code excerpt: NAME}
 */
record Page(Path file, List<Part> code, List<Part> links, Set<String> anchors, List<Excerpt> excerpts) {

    /**
     * A piece of text.
     *
     * @param line from 1
     */
    record Part(int line, String text) {}

    /**
     * What a run is said to print.
     *
     * @param line of the block, from 1
     * @param run the name of the run
     */
    record Excerpt(int line, String run, String block) {}

    static Page read(Path file) {
        try {
            Parts parts = new Parts();
            Parser.builder()
                    .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
                    .build()
                    .parse(Files.readString(file))
                    .accept(parts);
            return new Page(file, parts.code, parts.links, parts.anchors, parts.excerpts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Parts extends AbstractVisitor {

        private static final Pattern EXCERPT = Pattern.compile("<!-- excerpt: (.+?) -->\\s*");

        private final List<Part> code = new ArrayList<>();
        private final List<Part> links = new ArrayList<>();
        private final Set<String> anchors = new HashSet<>();
        private final List<Excerpt> excerpts = new ArrayList<>();
        private final Map<String, Integer> headings = new HashMap<>();

        @Override
        public void visit(Code inline) {
            code.add(new Part(line(inline), inline.getLiteral()));
        }

        @Override
        public void visit(FencedCodeBlock block) {
            lines(block.getLiteral(), line(block) + 1);
        }

        @Override
        public void visit(IndentedCodeBlock block) {
            lines(block.getLiteral(), line(block));
        }

        private void lines(String text, int first) {
            List<String> lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                code.add(new Part(first + i, lines.get(i)));
            }
        }

        @Override
        public void visit(Link link) {
            links.add(new Part(line(link), link.getDestination()));
            visitChildren(link);
        }

        @Override
        public void visit(Image image) {
            links.add(new Part(line(image), image.getDestination()));
            visitChildren(image);
        }

        @Override
        public void visit(Heading heading) {
            String name = text(heading)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            int before = headings.merge(name, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? name : name + "-" + before);
            visitChildren(heading);
        }

        @Override
        public void visit(HtmlBlock html) {
            Matcher comment = EXCERPT.matcher(html.getLiteral());
            if (comment.matches() && html.getNext() instanceof FencedCodeBlock block) {
                excerpts.add(new Excerpt(line(block), comment.group(1), block.getLiteral()));
            }
        }

        private static String text(Node node) {
            StringBuilder text = new StringBuilder();
            for (Node child = node.getFirstChild(); child != null; child = child.getNext()) {
                if (child instanceof Text words) {
                    text.append(words.getLiteral());
                } else if (child instanceof Code words) {
                    text.append(words.getLiteral());
                } else if (child instanceof SoftLineBreak) {
                    text.append(' ');
                } else {
                    text.append(text(child));
                }
            }
            return text.toString();
        }

        private static int line(Node node) {
            List<SourceSpan> spans = node.getSourceSpans();
            return spans.isEmpty() ? 1 : spans.get(0).getLineIndex() + 1;
        }
    }
}
