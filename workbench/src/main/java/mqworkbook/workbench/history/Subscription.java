package mqworkbook.workbench.history;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A place where messages are owed, and which ones.
 *
 * @param place the subscriber's name, as in the history
 * @param wants whether the subscription covers a message id; asked only about ids that were attempted
 */
public record Subscription(String place, Predicate<String> wants) {

    public Subscription {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(wants, "wants");
    }

    /** A subscriber of everything. */
    public static Subscription to(String place) {
        return new Subscription(place, id -> true);
    }

    /** A subscriber of these messages. */
    public static Subscription to(String place, Collection<String> messageIds) {
        return new Subscription(place, Set.copyOf(messageIds)::contains);
    }

    /** Subscribers of everything. */
    public static List<Subscription> all(String... places) {
        return Arrays.stream(places).map(Subscription::to).toList();
    }

    /**
     * Every place that the history mentions, each as a subscriber of everything. A subscriber that never subscribed and
     * never received anything leaves no trace and is not found: name the places where that matters.
     */
    public static List<Subscription> foundIn(Collection<Event> events) {
        Set<String> places = new LinkedHashSet<>();
        for (Event event : events) {
            if (event != null && !event.place().isEmpty()) {
                places.add(event.place());
            }
        }
        return places.stream().map(Subscription::to).toList();
    }
}
