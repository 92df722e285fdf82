package mqworkbook.logs.line;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;

/** How a line looks in the index: the agreement between who writes it and who searches it. */
public final class LineDocument {

    /** What a document is replaced by: {@code writer.updateDocument(new Term(LineDocument.ID, id), document)}. */
    public static final String ID = "id";

    public static final String APP = "app";
    public static final String LEVEL = "level";
    public static final String TIME = "time";
    public static final String TEXT = "text";
    public static final String PARTITION = "partition";
    public static final String OFFSET = "offset";

    private LineDocument() {}

    /** The document of one line. Its id is the indexer's to choose. */
    public static Document of(String id, ConsumerRecord<?, ?> record, LogLine line) {
        Document document = new Document();
        document.add(new StringField(ID, id, Field.Store.YES));
        document.add(new StringField(APP, line.app(), Field.Store.YES));
        document.add(new StringField(LEVEL, line.level().name(), Field.Store.YES));
        document.add(new StoredField(TIME, line.time()));
        document.add(new TextField(TEXT, line.text(), Field.Store.YES));
        document.add(new StoredField(PARTITION, record.partition()));
        document.add(new StoredField(OFFSET, record.offset()));
        document.add(new NumericDocValuesField(OFFSET, record.offset()));
        return document;
    }
}
