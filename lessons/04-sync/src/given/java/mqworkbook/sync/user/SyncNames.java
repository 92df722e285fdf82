package mqworkbook.sync.user;

/**
 * The names on RocketMQ that all services have agreed on. The prefix keeps runs apart that share a broker.
 *
 * @param prefix put before each name; may be empty
 */
public record SyncNames(String prefix) {

    /** Topic: events of users, each with its id as key, all of a user in one queue. */
    public String users() {
        return prefix + "users";
    }

    /** The consumer group of a service that keeps a replica. */
    public String replicaOf(String service) {
        return prefix + service + "-replica";
    }
}
