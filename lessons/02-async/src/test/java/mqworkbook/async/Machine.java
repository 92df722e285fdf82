package mqworkbook.async;

import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import mqworkbook.async.video.MediaTools;
import mqworkbook.async.video.Notifier;
import mqworkbook.async.video.Status;
import mqworkbook.async.video.StatusStore;
import mqworkbook.workbench.judge.ProcessDied;
import mqworkbook.workbench.kafka.KafkaClient;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * A machine on which one worker runs, with its own way to Kafka, to the database, the tools and the mail service. When it
 * dies, all of them end for it at once; it can be made to die at a named point of its work.
 */
final class Machine {

    private final String name;
    private final Studio studio;
    private final KafkaClient client;
    private final Map<String, Object> extra;
    private volatile Predicate<String> deadly = point -> false;
    private volatile boolean dead;

    Machine(String name, Studio studio, KafkaClient client, Map<String, Object> extra) {
        this.name = name;
        this.studio = studio;
        this.client = client;
        this.extra = extra;
    }

    String name() {
        return name;
    }

    KafkaClient client() {
        return client;
    }

    /** As which the group knows its consumer. */
    String clientId() {
        return client.settings().get(CommonClientConfigs.CLIENT_ID_CONFIG).toString();
    }

    boolean isDead() {
        return dead;
    }

    Map<String, Object> consumerSettings() {
        Map<String, Object> settings = client.consumerSettings();
        settings.putAll(extra);
        return settings;
    }

    /** The machine dies when its worker comes to such a point: {@code "tell V-7"}, {@code "V-7 is READY"}. */
    Machine dyingAt(Predicate<String> point) {
        deadly = point;
        return this;
    }

    /** Power off. */
    void die() {
        studio.kafka().history().fault(name + " dies");
        dead = true;
        client.die();
        studio.work().wake();
    }

    private void reach(String point) {
        if (!dead && deadly.test(point)) {
            studio.kill(this);
        }
        if (dead) {
            throw new ProcessDied(name);
        }
    }

    MediaTools tools() {
        return new MediaTools() {
            @Override
            public boolean isVideo(byte[] content) {
                return true;
            }

            @Override
            public void transcode(String videoId) throws Exception {
                reach("transcode " + videoId);
                studio.kafka().history().delivered(name, videoId);
                studio.work().transcode(name, videoId, () -> dead);
                reach(videoId + " is transcoded");
            }

            @Override
            public void thumbnails(String videoId) {
                reach("thumbnails " + videoId);
                studio.work().thumbnails(videoId);
            }

            @Override
            public boolean isAllowed(String videoId) {
                reach("moderate " + videoId);
                return studio.work().isAllowed(videoId);
            }
        };
    }

    Notifier notifier() {
        return (owner, videoId, outcome, key) -> {
            reach("tell " + videoId);
            studio.mail().tell(owner, videoId, outcome, key);
            studio.kafka().history().applied(name, videoId);
            reach(videoId + " is told");
        };
    }

    StatusStore statuses() {
        return new StatusStore() {
            @Override
            public Optional<Status> find(String videoId) {
                reach("find " + videoId);
                return studio.statuses().find(videoId);
            }

            @Override
            public void put(String videoId, Status status) {
                reach(videoId + " to " + status);
                studio.statuses().put(videoId, status);
                reach(videoId + " is " + status);
            }

            @Override
            public boolean move(String videoId, Status to, Status... from) {
                reach(videoId + " to " + to);
                boolean moved = studio.statuses().move(videoId, to, from);
                reach(videoId + " is " + to);
                return moved;
            }
        };
    }
}
