package mqworkbook.async.video;

import java.util.Objects;

/**
 * What somebody uploads.
 *
 * @param videoId unique for each upload; who tries again uploads under a new one
 * @param ownerId whom to tell what became of it
 * @param content the raw video: megabytes to gigabytes
 */
public record Video(String videoId, String ownerId, byte[] content) {

    public Video {
        Objects.requireNonNull(videoId, "videoId");
        Objects.requireNonNull(ownerId, "ownerId");
        Objects.requireNonNull(content, "content");
    }

    @Override
    public String toString() {
        return videoId + " of " + ownerId + ", " + content.length + " bytes";
    }
}
