package mqworkbook.cli.keep;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import mqworkbook.cli.host.Command;
import mqworkbook.cli.host.Jvm;
import mqworkbook.cli.host.Terminal;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.BrokerUnavailableException;
import mqworkbook.workbench.brokers.Way;
import mqworkbook.workbench.brokers.docker.ContainerEngine;
import mqworkbook.workbench.brokers.kept.Keeper;

/**
 * Measures, in each way that this machine has, the time from a broker's start to its first confirmed message: each kind
 * alone, in a JVM that has done it once before, and all side by side in fresh JVMs, as at the beginning of a run.
 */
public final class StartTimes {

    private final Terminal terminal;
    private final Map<String, String> properties;
    private final int rounds;

    /**
     * A measurement.
     *
     * @param properties system properties for the measured JVMs; {@code brokers} leaves one way only
     * @param rounds how many starts a median is made of
     */
    public StartTimes(Terminal terminal, Map<String, String> properties, int rounds) {
        this.terminal = terminal;
        this.properties = properties;
        this.rounds = rounds;
    }

    /** Measures and prints the table. */
    public void measure(List<BrokerKind> kinds) {
        terminal.line("Milliseconds from the start to the first confirmed message; median of %d (least to most)"
                .formatted(rounds));
        terminal.line("%-10s  %-7s  %-22s  %s".formatted("", "way", "alone, JVM warm", "first in a fresh JVM"));
        for (Way way : ways()) {
            for (BrokerKind kind : kinds) {
                terminal.passing("Starting " + kind.displayName() + " " + way.phrase() + " ...");
                List<Long> times = starts(way, rounds + 1, List.of(kind)).get(kind);
                row(kind.displayName(), way, summary(times.subList(1, times.size())), times.get(0) + "");
            }
            if (kinds.size() > 1) {
                together(way, kinds);
            }
        }
    }

    private void together(Way way, List<BrokerKind> kinds) {
        List<Long> last = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            terminal.passing("Starting all side by side " + way.phrase() + ", " + round + " of " + rounds + " ...");
            last.add(starts(way, 1, kinds).values().stream()
                    .flatMap(List::stream)
                    .max(Long::compare)
                    .orElseThrow());
        }
        row("all", way, "", summary(last));
    }

    private Map<BrokerKind, List<Long>> starts(Way way, int times, List<BrokerKind> kinds) {
        Map<String, String> all = new TreeMap<>(properties);
        all.put("brokers", way.toString());
        all.put(Keeper.PROPERTY, "false");
        all.put("workbook.root", System.getProperty("workbook.root", ""));
        List<Path> classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        List<String> command = new ArrayList<>(Jvm.command(classPath, all, StartTimeMain.class));
        command.add(String.valueOf(times));
        kinds.forEach(kind -> command.add(kind.name()));
        Command.Result result =
                Command.in(Path.of("").toAbsolutePath(), command).run();
        Map<BrokerKind, List<Long>> found = new EnumMap<>(BrokerKind.class);
        result.lines().stream()
                .filter(line -> line.startsWith(StartTimeMain.LINE))
                .map(line -> line.substring(StartTimeMain.LINE.length()).split(" "))
                .forEach(words -> found.computeIfAbsent(BrokerKind.valueOf(words[0]), kind -> new ArrayList<>())
                        .add(Long.parseLong(words[1])));
        if (found.size() < kinds.size() || found.values().stream().anyMatch(list -> list.size() < times)) {
            throw new BrokerUnavailableException("A broker has not started: " + String.join(" / ", result.lines()));
        }
        return found;
    }

    private List<Way> ways() {
        if (properties.containsKey("brokers")) {
            return List.of(Way.valueOf(properties.get("brokers").toUpperCase(java.util.Locale.ROOT)));
        }
        return ContainerEngine.detect()
                        .filter(engine -> engine.obstacle().isEmpty())
                        .isPresent()
                ? List.of(Way.LOCAL, Way.DOCKER)
                : List.of(Way.LOCAL);
    }

    private void row(String name, Way way, String warm, String fresh) {
        terminal.line("%-10s  %-7s  %-22s  %s".formatted(name, way, warm, fresh).stripTrailing());
    }

    private static String summary(List<Long> times) {
        List<Long> sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        return "%d (%d to %d)".formatted(sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1));
    }
}
