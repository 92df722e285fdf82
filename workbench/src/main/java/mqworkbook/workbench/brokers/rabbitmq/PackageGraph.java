package mqworkbook.workbench.brokers.rabbitmq;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which package depends on which, as {@code apt-cache depends --recurse} prints it; of alternatives, the first that
 * is a real package.
 */
final class PackageGraph {

    private static final Pattern DEPENDENCY = Pattern.compile("\\s+(\\|?)(?:Pre)?Depends: (\\S+)");

    private final Map<String, List<String>> dependencies;

    private PackageGraph(Map<String, List<String>> dependencies) {
        this.dependencies = dependencies;
    }

    static PackageGraph parse(String aptOutput) {
        Map<String, List<String>> graph = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        boolean chosen = false;
        for (String line : aptOutput.lines().toList()) {
            if (!line.startsWith(" ")) {
                current = graph.computeIfAbsent(line.strip(), name -> new ArrayList<>());
                chosen = false;
                continue;
            }
            Matcher matcher = DEPENDENCY.matcher(line);
            if (matcher.matches()) {
                String name = matcher.group(2);
                boolean real = !name.startsWith("<");
                if (real && !chosen) {
                    current.add(name);
                }
                // "|" says that the next line is an alternative to this one.
                boolean moreAlternatives = !matcher.group(1).isEmpty();
                chosen = moreAlternatives && (chosen || real);
            }
        }
        return new PackageGraph(graph);
    }

    /** {@code root} and all packages of that name's beginning that it needs, directly or not. */
    Set<String> wanted(String root, String prefix) {
        Set<String> wanted = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            String name = open.pop();
            if (wanted.add(name)) {
                of(name).stream().filter(next -> next.startsWith(prefix)).forEach(open::push);
            }
        }
        return wanted;
    }

    /** Direct dependencies of {@code packages} of that name's beginning. */
    Set<String> neededBy(Set<String> packages, String prefix) {
        Set<String> needed = new LinkedHashSet<>();
        for (String each : packages) {
            of(each).stream().filter(next -> next.startsWith(prefix)).forEach(needed::add);
        }
        return needed;
    }

    private List<String> of(String name) {
        return dependencies.getOrDefault(name, List.of());
    }
}
