package mqworkbook.cli.documents;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Every call of Maven names modules, profiles, properties, phases and options that there are. */
final class MavenCalls implements PageCheck {

    private static final Shell SHELL = new Shell("mvn|\\./mvnw|mvnw\\.cmd");
    private static final Set<String> PHASES =
            Set.of("clean", "validate", "compile", "test", "package", "verify", "install");
    private static final Set<String> SWITCHES = Set.of("-q", "-o", "-N", "-am", "-B", "-ntp", "-e", "-U", "--version");
    private static final Pattern GOAL = Pattern.compile("[a-z][\\w-]*:[a-z][\\w-]*");

    /** Of plugins, which no file of the project need name. */
    private static final Set<String> OF_PLUGINS = Set.of("groups", "excludedGroups", "test", "skipTests");

    private final Path root;
    private final ProjectNames names;

    MavenCalls(Path root) {
        this.root = root;
        this.names = new ProjectNames(root);
    }

    @Override
    public List<Complaint> of(Page page) {
        List<Complaint> complaints = new ArrayList<>();
        for (Page.Part code : page.code()) {
            for (List<String> arguments : SHELL.calls(code.text())) {
                problems(arguments.iterator())
                        .forEach(text -> complaints.add(new Complaint(code.line(), "names Maven's " + text)));
            }
        }
        return complaints;
    }

    private List<String> problems(Iterator<String> arguments) {
        List<String> problems = new ArrayList<>();
        while (arguments.hasNext()) {
            String argument = arguments.next();
            if (argument.equals("-pl")) {
                modules(arguments.hasNext() ? arguments.next() : "", problems);
            } else if (argument.startsWith("-P")) {
                need(names.hasProfile(argument.substring(2)), "profile " + argument.substring(2), problems);
            } else if (argument.startsWith("-D")) {
                String property = argument.substring(2).replaceFirst("=.*", "");
                need(OF_PLUGINS.contains(property) || names.hasProperty(property), "property " + property, problems);
            } else if (argument.startsWith("-")) {
                need(SWITCHES.contains(argument), "option " + argument, problems);
            } else {
                need(
                        PHASES.contains(argument) || GOAL.matcher(argument).matches(),
                        "phase or goal " + argument,
                        problems);
            }
        }
        return problems;
    }

    private void modules(String list, List<String> problems) {
        for (String module : list.split(",")) {
            need(Files.exists(root.resolve(module).resolve("pom.xml")), "module " + module, problems);
        }
    }

    private static void need(boolean there, String what, List<String> problems) {
        if (!there) {
            problems.add(what + ", which is not there.");
        }
    }
}
