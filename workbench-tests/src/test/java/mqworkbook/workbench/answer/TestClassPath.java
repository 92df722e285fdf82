package mqworkbook.workbench.answer;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The class path of the running tests: what a lesson could use. */
public final class TestClassPath {

    private TestClassPath() {}

    public static List<Path> libraries() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
    }
}
