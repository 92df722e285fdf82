package mqworkbook.workbench.story;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What happened around a failure.
 *
 * @param lanes who takes part, senders before brokers before receivers
 * @param scenes in the order of time
 */
public record Story(List<String> lanes, List<Scene> scenes) {

    private static final int REPEATED = 2;

    /** What is missing is empty. */
    public Story {
        lanes = lanes == null ? List.of() : List.copyOf(lanes);
        scenes = scenes == null ? List.of() : List.copyOf(scenes);
    }

    /**
     * The same story in at most so many events. What the failure names and what did harm stays before all else, what
     * repeats itself goes first, the beginning and the end before the middle.
     */
    public Story folded(int most) {
        List<Integer> events = IntStream.range(0, scenes.size())
                .filter(i -> !scenes.get(i).isFold())
                .boxed()
                .toList();
        if (events.size() <= most) {
            return this;
        }
        Map<Integer, Integer> weights = weights(events);
        Set<Integer> kept = new HashSet<>(events.stream()
                .sorted(Comparator.comparing((Integer i) -> -weights.get(i))
                        .thenComparing(i -> Math.min(i, scenes.size() - 1 - i)))
                .limit(most)
                .toList());
        List<Scene> told = new ArrayList<>();
        int left = 0;
        for (int i = 0; i < scenes.size(); i++) {
            Scene scene = scenes.get(i);
            if (!kept.contains(i)) {
                left += scene.size();
                continue;
            }
            if (left > 0) {
                told.add(Scene.fold(scene.millis(), left));
                left = 0;
            }
            told.add(scene);
        }
        if (left > 0) {
            told.add(Scene.fold(scenes.get(scenes.size() - 1).millis(), left));
        }
        return new Story(lanes, told);
    }

    private Map<Integer, Integer> weights(List<Integer> events) {
        Map<String, Integer> seen = new HashMap<>();
        Map<Integer, Integer> weights = new HashMap<>();
        for (int i : events) {
            Scene scene = scenes.get(i);
            boolean again = seen.merge(scene.pattern(), 1, Integer::sum) > REPEATED;
            boolean matters = scene.marked() || scene.harm();
            weights.put(i, (again ? 0 : 2) + (matters ? 1 : 0));
        }
        return weights;
    }
}
