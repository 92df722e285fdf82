package mqworkbook.cli.classroom;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import mqworkbook.cli.classroom.ProgressJson.BadProgressException;

/** The folder that progress has come into. Whatever else lies in it is told, and in nobody's way. */
public final class ClassFolder {

    private final Path folder;
    private final Duration since;

    /**
     * A folder that is there.
     *
     * @param since what arrived longer ago is of another day, and only mentioned
     */
    public ClassFolder(Path folder, Duration since) {
        this.folder = folder;
        this.since = since;
    }

    private record Arrived(Path file, LearnerProgress progress, Instant time) {}

    /**
     * Reads it.
     *
     * @throws UncheckedIOException if the folder cannot be listed
     */
    public Roster read(Instant now) {
        Map<String, Arrived> newest = new HashMap<>();
        List<String> complaints = new ArrayList<>();
        for (Path file : files()) {
            try {
                Arrived arrived = arrived(file);
                Arrived twin = newest.get(arrived.progress().id());
                // A folder that is synchronised keeps both sides of a conflict, as "progress-... (1).json".
                boolean newer = twin == null || arrived.time().isAfter(twin.time());
                if (twin != null) {
                    complaints.add(told(newer ? twin.file() : file)
                            + " is an older copy of what "
                            + arrived.progress().name() + " has sent");
                }
                if (newer) {
                    newest.put(arrived.progress().id(), arrived);
                }
            } catch (NoSuchFileException e) {
                // Replaced or taken away since it was listed: the next look sees what is there then.
            } catch (BadProgressException e) {
                complaints.add(told(file) + " " + e.getMessage());
            } catch (IOException e) {
                complaints.add(told(file) + " cannot be read (" + e.getClass().getSimpleName() + ")");
            }
        }
        List<Seat> seats = new ArrayList<>();
        for (Arrived arrived : newest.values()) {
            Seat seat = Seat.of(arrived.progress(), arrived.time(), now);
            if (seat.heard().compareTo(since) > 0) {
                complaints.add(
                        told(arrived.file()) + " is old: " + seat.progress().name() + " was heard of "
                                + Seat.said(seat.heard()) + " ago. Show it with --since, or remove it");
            } else {
                seats.add(seat);
            }
        }
        return new Roster(seats, complaints.stream().sorted().toList());
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> !file.getFileName().toString().startsWith("."))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + folder + " cannot be read", e);
        }
    }

    private static Arrived arrived(Path file) throws IOException, BadProgressException {
        if (!file.getFileName().toString().endsWith(".json") || Files.exists(file) && !Files.isRegularFile(file)) {
            throw new BadProgressException("is not progress of a workbook");
        }
        Instant time = Files.getLastModifiedTime(file).toInstant();
        try (InputStream input = Files.newInputStream(file)) {
            return new Arrived(file, ProgressJson.read(input.readNBytes(ProgressJson.LIMIT + 1)), time);
        }
    }

    private static String told(Path file) {
        return ProgressJson.clean(file.getFileName().toString());
    }
}
