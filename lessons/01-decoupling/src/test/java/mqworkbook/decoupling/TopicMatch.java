package mqworkbook.decoupling;

import java.util.List;

/** What AMQP 0-9-1 says a binding key matches: {@code *} is one word, {@code #} is any number of words. */
final class TopicMatch {

    private TopicMatch() {}

    static boolean matches(String bindingKey, String routingKey) {
        return matches(List.of(bindingKey.split("\\.")), List.of(routingKey.split("\\.")));
    }

    private static boolean matches(List<String> pattern, List<String> words) {
        if (pattern.isEmpty()) {
            return words.isEmpty();
        }
        List<String> rest = pattern.subList(1, pattern.size());
        if (pattern.get(0).equals("#")) {
            return matches(rest, words) || !words.isEmpty() && matches(pattern, words.subList(1, words.size()));
        }
        return !words.isEmpty()
                && (pattern.get(0).equals("*") || pattern.get(0).equals(words.get(0)))
                && matches(rest, words.subList(1, words.size()));
    }
}
