package mqworkbook.sync;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import mqworkbook.sync.user.UserEvent;
import mqworkbook.sync.user.UserState;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.client.producer.selector.SelectMessageQueueByHash;
import org.apache.rocketmq.common.message.Message;

/** A user service and its relay, as a late joiner sees them: a stream, and a snapshot on demand. */
final class Source {

    private final Site site;
    private final DefaultMQProducer producer;
    private final Map<String, UserState> states = new LinkedHashMap<>();

    Source(Site site) {
        this.site = site;
        this.producer = site.producer("publisher");
    }

    List<UserState> states() {
        return new ArrayList<>(states.values());
    }

    UserEvent registered(String user) throws Exception {
        return publish(Events.registered(user, next(user)));
    }

    UserEvent changed(String user) throws Exception {
        return publish(Events.changed(user, next(user)));
    }

    UserEvent removed(String user) throws Exception {
        return publish(Events.removed(user, next(user)));
    }

    /** Somebody whose events the topic does not have any more. */
    void forgotten(String user) {
        states.put(user, Events.registered(user, next(user)).state());
    }

    boolean isThere(String user) {
        return states.containsKey(user) && !states.get(user).deleted();
    }

    /** Another copy of an event. */
    void again(UserEvent event) throws Exception {
        send(event);
    }

    /** A message that is no event, in each queue. */
    void nonsense() throws Exception {
        for (int queue = 0; queue < Site.QUEUES; queue++) {
            int index = queue;
            producer.send(
                    new Message(site.names().users(), "no event".getBytes(StandardCharsets.UTF_8)),
                    (queues, message, none) -> queues.get(index),
                    null);
        }
    }

    private long next(String user) {
        return states.containsKey(user) ? states.get(user).version() + 1 : 1;
    }

    private UserEvent publish(UserEvent event) throws Exception {
        send(event);
        states.put(event.state().userId(), event.state());
        return event;
    }

    private void send(UserEvent event) throws Exception {
        producer.send(
                new Message(
                        site.names().users(), "", event.eventId(), event.text().getBytes(StandardCharsets.UTF_8)),
                new SelectMessageQueueByHash(),
                event.state().userId());
    }
}
