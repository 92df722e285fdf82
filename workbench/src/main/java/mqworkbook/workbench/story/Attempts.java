package mqworkbook.workbench.story;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Joins what a publisher was asked for with what it then did on the wire. The wire is told, under the finer name where the
 * attempt has one: a key names an order, "O-7 #2 PAID" names one change of it. An attempt without a publish is told as such,
 * and so is a "confirmed" that no broker has given.
 */
final class Attempts {

    private final Map<String, Deque<Act>> waiting = new HashMap<>();
    private final Map<String, Deque<String>> published = new HashMap<>();
    private final Map<String, Integer> confirmed = new HashMap<>();

    List<Act> toldOnce(List<Act> acts) {
        List<Act> told = new ArrayList<>();
        // Two attempts may be equal, and only one of them be seen.
        Set<Act> seenOnWire = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Act act : acts) {
            String key = act.messages().size() == 1
                    ? Ids.in(act.messages()).stream()
                            .findFirst()
                            .orElse(act.messages().get(0))
                    : "";
            String sender = act.from() + "\n" + key;
            String receiver = act.to() + "\n" + key;
            if (act.kind() == Act.Kind.ATTEMPT) {
                waiting.computeIfAbsent(sender, any -> new ArrayDeque<>()).add(act);
                told.add(act);
            } else if (act.kind() == Act.Kind.ANSWER) {
                if (confirmed.merge(receiver, -1, Integer::sum) < 0) {
                    confirmed.put(receiver, 0);
                    told.add(act);
                }
            } else if (waiting.containsKey(sender) && !act.from().equals(act.to())) {
                Act attempt = waiting.get(sender).poll();
                seenOnWire.add(attempt);
                String name = attempt == null
                        ? act.messages().get(0)
                        : attempt.messages().get(0);
                published.computeIfAbsent(sender, any -> new ArrayDeque<>()).add(name);
                told.add(act.about(name));
            } else if (act.what().equals("confirm") && !key.isEmpty()) {
                String name =
                        published.getOrDefault(receiver, new ArrayDeque<>()).poll();
                confirmed.merge(receiver, 1, Integer::sum);
                told.add(name == null ? act : act.about(name));
            } else {
                told.add(act);
            }
        }
        told.removeIf(seenOnWire::contains);
        return told;
    }
}
