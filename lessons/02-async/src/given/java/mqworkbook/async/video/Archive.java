package mqworkbook.async.video;

/** Keeps raw videos: an object store. */
public interface Archive {

    /** Stores the video under its id; returns when it is safe. Throws if it is not. */
    void store(Video video);
}
