package mqworkbook.workbench.brokers.rabbitmq;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Erlang application's {@code .app} file, as far as dependencies go.
 *
 * @param dependencies applications that it needs, includes, or uses where present
 * @see <a href="https://www.erlang.org/doc/apps/kernel/app.html">app, Kernel</a>
 */
record ApplicationFile(Set<String> dependencies) {

    private static final Pattern LIST =
            Pattern.compile("\\{\\s*(?:included_|optional_)?applications\\s*,\\s*\\[([^\\]]*)]");
    private static final Pattern MODULES = Pattern.compile("\\{\\s*modules\\s*,\\s*\\[[^\\]]*]\\s*}");
    private static final Pattern ATOM = Pattern.compile("[a-z][A-Za-z0-9_@]*");

    static ApplicationFile parse(String text) {
        Set<String> names = new LinkedHashSet<>();
        Matcher lists = LIST.matcher(text);
        while (lists.find()) {
            Matcher atoms = ATOM.matcher(lists.group(1));
            while (atoms.find()) {
                names.add(atoms.group());
            }
        }
        return new ApplicationFile(names);
    }

    /** The same file, naming no modules. */
    static String withoutModules(String text) {
        return MODULES.matcher(text).replaceFirst("{modules, []}");
    }

    /** {@code root} and everything that it needs, directly or not; names without a file belong to Erlang itself. */
    static Set<String> closure(String root, Map<String, ApplicationFile> files) {
        Set<String> needed = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(root));
        while (!open.isEmpty()) {
            String name = open.pop();
            ApplicationFile file = files.get(name);
            if (needed.add(name) && file != null) {
                file.dependencies().forEach(open::push);
            }
        }
        return needed;
    }
}
