package mqworkbook.workbench.run;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The classes of one answer and its judge, as the context class loader of the thread that opens them. */
final class AnswerClasses implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final Set<String> names;

    private AnswerClasses(List<File> folders, boolean telling) {
        names = classNames(folders);
        URL[] urls = folders.stream().map(AnswerClasses::url).toArray(URL[]::new);
        // Never closed: a thread that the answer left behind would fail with errors that mislead.
        Thread.currentThread()
                .setContextClassLoader(
                        telling ? new TellingClasses(urls, folders.get(0), before) : new URLClassLoader(urls, before));
    }

    /**
     * Opens the classes of these folders.
     *
     * @param telling whether the methods of the first folder, the answer's, tell {@link Uses}
     */
    static AnswerClasses of(List<File> folders, boolean telling) {
        return new AnswerClasses(folders, telling);
    }

    /**
     * Interrupts all threads that still run code of the answer.
     *
     * @return whether they ended within a second
     */
    boolean stopLeftovers() {
        List<Thread> leftovers = leftovers();
        leftovers.forEach(AnswerClasses::stop);
        long end = System.nanoTime() + LIMIT.toNanos();
        for (Thread thread : leftovers) {
            try {
                // At least one millisecond: zero would wait for ever.
                thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return leftovers().isEmpty();
    }

    /** How it ends concerns nobody: its test is over, and has been told. */
    private static void stop(Thread thread) {
        thread.setUncaughtExceptionHandler((ended, thrown) -> {});
        thread.interrupt();
    }

    private List<Thread> leftovers() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey() != Thread.currentThread())
                .filter(thread -> Stream.of(thread.getValue()).anyMatch(frame -> names.contains(frame.getClassName())))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void close() {
        Thread.currentThread().setContextClassLoader(before);
    }

    private static Set<String> classNames(List<File> folders) {
        Set<String> names = new HashSet<>();
        for (File folder : folders) {
            try (Stream<Path> files = Files.walk(folder.toPath())) {
                files.map(file -> folder.toPath().relativize(file).toString())
                        .filter(file -> file.endsWith(".class"))
                        .map(file -> file.substring(0, file.length() - ".class".length()))
                        .map(file -> file.replace(File.separatorChar, '.'))
                        .forEach(names::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return names;
    }

    private static URL url(File folder) {
        try {
            return folder.toURI().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
