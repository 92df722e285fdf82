package mqworkbook.workbench.brokers.kept;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Way;

/** What the keeper does for one connection. Whoever breaks off without a word has left things behind. */
final class Session {

    static final String OK = "OK";
    static final String NONE = "NONE";
    static final String BUSY = "BUSY";
    static final String FAILED = "FAILED";

    private final Map<BrokerKind, Place> places;
    private final Lease lease;
    private final Runnable stop;
    private final String pid;
    private final Set<BrokerKind> lent = EnumSet.noneOf(BrokerKind.class);

    Session(Map<BrokerKind, Place> places, Lease lease, Runnable stop, String pid) {
        this.places = places;
        this.lease = lease;
        this.stop = stop;
        this.pid = pid;
    }

    /** Answers until the other side hangs up. */
    void serve(KeeperLine line) {
        try {
            while (true) {
                line.say(answer(line.hear()));
            }
        } catch (IOException hungUp) {
            lent.forEach(kind -> places.get(kind).soil());
            lease.giveBack(this);
            lent.parallelStream().map(places::get).forEach(Place::renewIfSoiled);
        }
    }

    private List<String> answer(List<String> words) {
        lease.used();
        try {
            return switch (words.get(0)) {
                case "LOOK" -> look();
                case "START" -> ok(place(words).fill());
                case "LEND" -> lend(BrokerKind.valueOf(words.get(1)), words.get(2));
                case "RESTART" -> restart(words);
                case "DONE" -> takeBack();
                case "STOP" -> stopped();
                default -> List.of(FAILED, "the keeper does not know " + words.get(0));
            };
        } catch (RuntimeException e) {
            return List.of(FAILED, String.valueOf(e.getMessage()));
        }
    }

    /** Who has the brokers, then each that runs: its kind and its facts. */
    private List<String> look() {
        List<String> answer = new ArrayList<>(List.of(OK, lease.holder()));
        places.forEach((kind, place) -> place.look().ifPresent(facts -> {
            answer.add(kind.name());
            answer.addAll(facts.words());
        }));
        return answer;
    }

    private List<String> lend(BrokerKind kind, String way) {
        Optional<String> other = lease.take(this, pid);
        if (other.isPresent()) {
            return List.of(BUSY, other.get());
        }
        Optional<Facts> facts = places.get(kind).lend(way.isEmpty() ? Optional.empty() : Optional.of(Way.valueOf(way)));
        if (facts.isPresent()) {
            lent.add(kind);
        } else if (lent.isEmpty()) {
            lease.giveBack(this);
        }
        return facts.map(Session::ok).orElse(List.of(NONE));
    }

    private List<String> restart(List<String> words) {
        if (!lease.isHeldBy(this)) {
            return List.of(FAILED, "the brokers are not lent to this run");
        }
        place(words).restart();
        return List.of(OK);
    }

    private List<String> takeBack() {
        lent.clear();
        lease.giveBack(this);
        return List.of(OK);
    }

    private List<String> stopped() {
        stop.run();
        return List.of(OK);
    }

    private Place place(List<String> words) {
        return places.get(BrokerKind.valueOf(words.get(1)));
    }

    private static List<String> ok(Facts facts) {
        List<String> answer = new ArrayList<>(List.of(OK));
        answer.addAll(facts.words());
        return answer;
    }
}
