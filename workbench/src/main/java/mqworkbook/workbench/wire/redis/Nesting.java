package mqworkbook.workbench.wire.redis;

import java.util.ArrayDeque;
import java.util.Deque;

/** How deep in aggregates a value is being read, and what each of them still waits for. */
final class Nesting {

    /** Replies of Redis nest less than ten deep. */
    private static final int DEEPEST = 64;

    private static final class Level {
        private final boolean attribute;
        private long left;

        Level(boolean attribute, long left) {
            this.attribute = attribute;
            this.left = left;
        }
    }

    private final Deque<Level> levels = new ArrayDeque<>();

    boolean isTop() {
        return levels.isEmpty();
    }

    boolean isFull() {
        return levels.size() == DEEPEST;
    }

    /** Whether a value read now is an element of the outermost aggregate. */
    boolean isSurface() {
        return levels.size() == 1 && !levels.peek().attribute;
    }

    /** Whether the value being read now is the last of everything. */
    boolean isLast() {
        return levels.stream().allMatch(level -> level.left == 1 && !level.attribute);
    }

    /** @param attribute decoration in front of a value, which takes no place among the elements */
    void enter(boolean attribute, long values) {
        levels.push(new Level(attribute, values));
    }

    /** A value has ended; true when the outermost one has ended with it. */
    boolean leave() {
        while (!levels.isEmpty()) {
            Level level = levels.peek();
            level.left--;
            if (level.left > 0) {
                return false;
            }
            levels.pop();
            if (level.attribute) {
                return false;
            }
        }
        return true;
    }
}
