package mqworkbook.workbench.judge.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import mqworkbook.workbench.judge.Lesson;
import org.junit.platform.launcher.TestIdentifier;

/** A lesson while it runs. */
final class LessonRecord {

    private final TestIdentifier identifier;
    private final Lesson lesson;
    private final Map<String, StepRecord> steps;
    private final List<Failure> outside = new ArrayList<>();

    LessonRecord(TestIdentifier identifier, Lesson lesson, Collection<StepRecord> steps) {
        this.identifier = identifier;
        this.lesson = lesson;
        this.steps = new TreeMap<>();
        steps.forEach(step -> this.steps.put(step.id(), step));
    }

    String id() {
        return identifier.getUniqueId();
    }

    /** The step of this JUnit id; null when it is another's. */
    StepRecord step(String id) {
        return steps.get(id);
    }

    void failedOutside(String name, Throwable thrown) {
        outside.add(new Failure(Optional.empty(), name, thrown));
    }

    LessonResult result() {
        List<StepResult> results = steps.values().stream()
                .map(StepRecord::result)
                .sorted(Comparator.comparingInt(StepResult::number))
                .toList();
        boolean selection = steps.values().stream().anyMatch(step -> !step.chosen())
                || results.stream().anyMatch(step -> step.state() == StepState.PARTLY);
        return new LessonResult(lesson.number(), lesson.title(), results, outside, selection);
    }
}
