package mqworkbook.cli.classroom;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The class at one moment.
 *
 * @param seats who needs help first comes first
 * @param complaints one line for each file that says nothing of a learner, or not the newest
 */
public record Roster(List<Seat> seats, List<String> complaints) {

    /** What ages are counted from, for whoever wonders. */
    static final String AGES =
            "Stuck: since a run has last brought more of the step. Heard, and every age, counts from a"
                    + " file's arrival in the folder, by the folder's clock; what lay before it is measured on the learner's.";

    public Roster {
        seats = seats.stream().sorted(Seat.BY_NEED).toList();
        complaints = List.copyOf(complaints);
    }

    /** "Class of 12: 3 stuck, 7 at work, 2 done". */
    public String summary() {
        if (seats.isEmpty()) {
            return "Nobody has told of a run yet.";
        }
        return "Class of " + seats.size() + ": "
                + Stream.of(Seat.Need.values())
                        .map(need -> seats.stream()
                                        .filter(seat -> seat.need() == need)
                                        .count() + " " + need.word())
                        .collect(Collectors.joining(", "));
    }

    /** What has been sent, without the ages, which change all the time. */
    public Set<Object> content() {
        return Stream.concat(seats.stream().map(Seat::progress), complaints.stream())
                .collect(Collectors.toSet());
    }

    /** For JSON. */
    public Map<String, Object> object() {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("summary", summary());
        object.put("learners", seats.stream().map(Seat::object).toList());
        object.put("complaints", complaints);
        return object;
    }
}
