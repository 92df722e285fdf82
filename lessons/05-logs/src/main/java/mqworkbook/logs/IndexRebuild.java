package mqworkbook.logs;

import java.io.IOException;
import java.util.Map;
import mqworkbook.logs.line.LogTopics;
import mqworkbook.workbench.judge.Todo;
import org.apache.lucene.store.Directory;

/** Makes the index anew from the log, beside the one that is in use, and without a trace in its group. */
public final class IndexRebuild {

    private final Map<String, Object> kafka;
    private final LogTopics topics;

    /**
     * A rebuild that has not begun.
     *
     * @param kafka settings of any consumer of this installation
     */
    public IndexRebuild(Map<String, Object> kafka, LogTopics topics) {
        this.kafka = kafka;
        this.topics = topics;
    }

    /**
     * Writes every line that is in the log when it begins into a new index, and returns when that is durable. Lines that come
     * meanwhile may be in it, too.
     *
     * @param target an empty directory
     */
    public void run(Directory target) throws IOException {
        throw new Todo(5, "Read the log from its first line to where it ends now, into the new index.");
    }
}
