package mqworkbook.logs.line;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;

/** What people search with. It finds what the index has committed. */
public final class LogSearch {

    private static final Sort LOG_ORDER = new Sort(new SortField(LineDocument.OFFSET, SortField.Type.LONG));

    private LogSearch() {}

    /**
     * A line that was found.
     *
     * @param id its document's
     * @param offset its place in the log
     */
    public record Hit(String id, int partition, long offset, LogLine line) {}

    /** All lines of an application, in the order of the log. */
    public static List<Hit> app(Directory index, String app) throws IOException {
        return find(index, new TermQuery(new Term(LineDocument.APP, app)));
    }

    /** All lines with this word, in lower case. */
    public static List<Hit> word(Directory index, String word) throws IOException {
        return find(index, new TermQuery(new Term(LineDocument.TEXT, word)));
    }

    /** All lines. */
    public static List<Hit> all(Directory index) throws IOException {
        return find(index, new MatchAllDocsQuery());
    }

    private static List<Hit> find(Directory index, Query query) throws IOException {
        List<Hit> hits = new ArrayList<>();
        try (DirectoryReader reader = DirectoryReader.open(index)) {
            IndexSearcher searcher = new IndexSearcher(reader);
            StoredFields fields = searcher.storedFields();
            int most = Math.max(1, reader.maxDoc());
            for (ScoreDoc found : searcher.search(query, most, LOG_ORDER).scoreDocs) {
                hits.add(hit(fields.document(found.doc)));
            }
        } catch (IndexNotFoundException nothingCommittedYet) {
            return List.of();
        }
        return hits;
    }

    private static Hit hit(Document document) {
        return new Hit(
                document.get(LineDocument.ID),
                document.getField(LineDocument.PARTITION).numericValue().intValue(),
                document.getField(LineDocument.OFFSET).numericValue().longValue(),
                new LogLine(
                        document.get(LineDocument.APP),
                        Level.valueOf(document.get(LineDocument.LEVEL)),
                        document.getField(LineDocument.TIME).numericValue().longValue(),
                        document.get(LineDocument.TEXT)));
    }
}
