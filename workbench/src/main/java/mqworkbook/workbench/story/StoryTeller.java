package mqworkbook.workbench.story;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mqworkbook.workbench.brokers.BrokerKind;

/** Chooses from everything that was recorded what a failure is about. */
public final class StoryTeller {

    private static final int MOST = 60;
    private static final int MOST_HARM_BEFORE = 3;

    private static final Set<String> PUBLISHES = Set.of("publish", "send", "half message", "produce");

    private final String failure;
    private final Set<String> named;

    private StoryTeller(String failure) {
        this.failure = failure;
        this.named = Ids.in(failure);
    }

    /**
     * What happened since then, as far as the failure is about it: the events of the messages that it names, crashes, cuts
     * and restarts. A failure that names no message that was seen is about them all.
     *
     * @param since a value of {@link System#nanoTime()}, when the test began
     * @param failure what the learner reads
     * @return empty where no message has passed
     */
    public static Optional<Story> since(long since, String failure) {
        List<Act> acts = Recordings.since(since).stream()
                .flatMap(recording -> Chronicle.of(recording).stream())
                .filter(act -> act.nanos() - since >= 0)
                .sorted(Comparator.comparingLong(Act::nanos))
                .toList();
        return new StoryTeller(failure).tell(acts);
    }

    static Optional<Story> of(List<Act> acts, String failure) {
        return new StoryTeller(failure).tell(acts);
    }

    private Optional<Story> tell(List<Act> all) {
        List<Act> about = all.stream().filter(this::isNamed).toList();
        boolean anyNamed = !about.isEmpty();
        if (!anyNamed) {
            about = all.stream().filter(act -> !act.messages().isEmpty()).toList();
        }
        if (about.isEmpty()) {
            return Optional.empty();
        }
        List<Act> chosen = withSurroundings(all, about);
        boolean wholeNames = anyNamed && chosen.stream().anyMatch(this::isNamedWholly);
        long begin = chosen.get(0).nanos();
        List<Scene> scenes = chosen.stream()
                .map(act -> scene(act, begin, anyNamed && (wholeNames ? isNamedWholly(act) : isNamed(act))))
                .toList();
        return Optional.of(new Story(lanes(chosen), scenes).folded(MOST));
    }

    private static List<Act> withSurroundings(List<Act> all, List<Act> about) {
        Set<Act> kept = new HashSet<>(about);
        Set<String> lanes =
                about.stream().flatMap(act -> Stream.of(act.from(), act.to())).collect(Collectors.toSet());
        long first = about.get(0).nanos();
        List<Act> harmBefore = new ArrayList<>();
        for (Act act : all) {
            boolean before = act.nanos() < first;
            if (act.kind() == Act.Kind.HARM && before) {
                harmBefore.add(act);
            } else if (act.kind() == Act.Kind.HARM
                    || act.kind() == Act.Kind.CONTEXT && lanes.contains(act.from()) && lanes.contains(act.to())) {
                kept.add(act);
            }
        }
        harmBefore.stream()
                .skip(Math.max(0, harmBefore.size() - MOST_HARM_BEFORE))
                .forEach(kept::add);
        return all.stream().filter(kept::contains).toList();
    }

    private boolean isNamed(Act act) {
        return act.messages().stream().anyMatch(this::isNamed);
    }

    private boolean isNamed(String message) {
        return Ids.names(failure, message) || Ids.in(message).stream().anyMatch(named::contains);
    }

    /** Named by more than the key that it shares with others. */
    private boolean isNamedWholly(Act act) {
        return act.messages().stream()
                .anyMatch(message -> !Ids.in(message).isEmpty()
                        && !Ids.in(message).contains(message)
                        && Ids.names(failure, message));
    }

    private Scene scene(Act act, long begin, boolean marked) {
        return new Scene(
                Math.round((act.nanos() - begin) / 1e5) / 10.0,
                act.from(),
                act.to(),
                act.what(),
                label(act.messages()),
                act.detail(),
                marked,
                act.kind() == Act.Kind.HARM,
                0);
    }

    /** "E-1", "O-7 x3", "O-7 x3 +4": those that the failure names first, and how many others. */
    private String label(List<String> messages) {
        List<String> shown = messages.stream().filter(this::isNamed).toList();
        if (shown.isEmpty()) {
            shown = messages;
        }
        Set<String> distinct = new LinkedHashSet<>(shown);
        int most = distinct.size() == 1 ? 1 : 3;
        List<String> parts = new ArrayList<>();
        int told = 0;
        for (String id : distinct) {
            if (parts.size() < most) {
                long times = shown.stream().filter(id::equals).count();
                parts.add(times == 1 ? id : id + " x" + times);
                told += (int) times;
            }
        }
        int more = messages.size() - told;
        return String.join(", ", parts) + (more > 0 ? " +" + more : "");
    }

    private static List<String> lanes(List<Act> acts) {
        Set<String> senders = new LinkedHashSet<>();
        Set<String> brokers = new LinkedHashSet<>();
        Set<String> others = new LinkedHashSet<>();
        for (Act act : acts) {
            boolean between = !act.from().equals(act.to());
            if (PUBLISHES.contains(act.what()) && !others.contains(act.from())) {
                senders.add(act.from());
            }
            if (between && PUBLISHES.contains(act.what())) {
                brokers.add(act.to());
            }
            Stream.of(act.from(), act.to())
                    .filter(lane -> !lane.isEmpty() && !senders.contains(lane))
                    .forEach(others::add);
        }
        for (BrokerKind kind : BrokerKind.values()) {
            if (others.remove(kind.displayName())) {
                brokers.add(kind.displayName());
            }
        }
        others.removeAll(senders);
        return Stream.of(senders, brokers, others)
                .flatMap(Set::stream)
                .distinct()
                .toList();
    }
}
