package mqworkbook.async.video;

/** Tells owners, by way of somebody else's mail service. */
public interface Notifier {

    /**
     * Tells the owner what became of a video.
     *
     * @param idempotencyKey the service sends one mail for each key, however often it is called with it
     * @throws Exception if the service did not take it, or nobody knows whether it did
     */
    void tell(String ownerId, String videoId, Status outcome, String idempotencyKey) throws Exception;
}
