package mqworkbook.async.video;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Objects;

/**
 * The work that an upload leaves behind. It goes into the log in place of the video, which is in the archive: a log is
 * made for many small records, not for gigabytes (the pattern is called claim check).
 */
public record VideoJob(String videoId, String ownerId) {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public VideoJob {
        Objects.requireNonNull(videoId, "videoId");
        Objects.requireNonNull(ownerId, "ownerId");
    }

    /** The job for an upload. */
    public static VideoJob of(Video video) {
        return new VideoJob(video.videoId(), video.ownerId());
    }

    /** The job as JSON, in UTF-8: the value of its record. */
    public byte[] write() {
        try {
            return MAPPER.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Two strings can be written", e);
        }
    }

    /**
     * Reads the value of a record.
     *
     * @throws InvalidJobException if it is no job, and never will be
     */
    public static VideoJob read(byte[] value) throws InvalidJobException {
        try {
            VideoJob job = value == null ? null : MAPPER.readValue(value, VideoJob.class);
            if (job == null) {
                throw new InvalidJobException("no job: the record has no value", null);
            }
            return job;
        } catch (IOException e) {
            throw new InvalidJobException(
                    "no job: " + e.getMessage().lines().findFirst().orElse(""), e);
        }
    }
}
