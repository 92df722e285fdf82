package mqworkbook.logs.line;

/**
 * The names on Kafka. The topic is there; partitions and retention are operations' business.
 *
 * @param prefix what keeps this installation apart from others on the same cluster; may be empty
 */
public record LogTopics(String prefix) {

    /** All lines of all applications, with the application as key. */
    public String lines() {
        return prefix + "log-lines";
    }

    /** The consumer group that writes the search index. */
    public String indexGroup() {
        return prefix + "log-index";
    }

    /** The consumer group that raises alerts. */
    public String alertGroup() {
        return prefix + "log-alerts";
    }
}
