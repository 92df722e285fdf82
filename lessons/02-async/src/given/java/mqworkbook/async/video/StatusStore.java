package mqworkbook.async.video;

import java.util.Optional;

/** The table of statuses: one row for each video. Uploads, workers and the web site all look at it. */
public interface StatusStore {

    /** The video's status; empty when nobody has heard of it. */
    Optional<Status> find(String videoId);

    /** Writes a status, whatever was there before. */
    void put(String videoId, Status status);

    /**
     * Writes a status if the video is in one of the others now: look and write are one step, also among many processes.
     *
     * @return whether it was written
     */
    boolean move(String videoId, Status to, Status... from);
}
