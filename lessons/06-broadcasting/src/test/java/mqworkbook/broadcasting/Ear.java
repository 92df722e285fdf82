package mqworkbook.broadcasting;

import io.lettuce.core.RedisClient;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import mqworkbook.broadcasting.config.Change;
import mqworkbook.broadcasting.config.ConfigNames;
import mqworkbook.broadcasting.config.InvalidChangeException;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;

/** Hears everything that is published on the nodes' channel. */
final class Ear {

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<String> marks = new CopyOnWriteArrayList<>();
    private final Fleet fleet;
    private final String markChannel;

    Ear(Fleet fleet, RedisClient redis, ConfigNames names) {
        this.fleet = fleet;
        this.markChannel = names.changes() + ".mark";
        StatefulRedisPubSubConnection<String, String> connection = redis.connectPubSub();
        connection.addListener(new RedisPubSubAdapter<>() {
            @Override
            public void message(String channel, String text) {
                (channel.equals(markChannel) ? marks : heard).add(text);
            }
        });
        connection.sync().subscribe(names.changes(), markChannel);
    }

    /** All that was published before this call, in order. */
    List<String> texts() {
        String mark = "mark " + marks.size();
        fleet.redis.data().publish(markChannel, mark);
        Eventually.within(Fleet.SOON)
                .until("the mark is heard", () -> marks.contains(mark))
                .orElse(() -> new AssertionError("The judge's own subscription is silent."));
        return List.copyOf(heard);
    }

    /** The changes that were published before this call, in order. */
    List<Change> changes() {
        return texts().stream().map(Ear::change).toList();
    }

    List<Change> changes(String key) {
        return changes().stream().filter(change -> change.key().equals(key)).toList();
    }

    private static Change change(String text) {
        try {
            return Change.parse(text);
        } catch (InvalidChangeException e) {
            throw Wrong.that("What was published is no change")
                    .seen("heard \"" + text + "\"")
                    .means("Nodes cannot apply it, whatever is in the store.")
                    .suspect("only the key or the value is published, or another format than that of Change");
        }
    }
}
