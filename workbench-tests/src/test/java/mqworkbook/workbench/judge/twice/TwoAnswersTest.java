package mqworkbook.workbench.judge.twice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import mqworkbook.workbench.judge.LessonRun;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Runs one lesson twice in one JVM, each time from a class loader of its own, as the proof of the judge does. */
class TwoAnswersTest {

    @Test
    void runsOfOneLessonShareNothing() throws Exception {
        System.setProperty("twice.wrong", "true");
        try {
            assertThat(run()).containsExactly("for any number, small FAILED");
        } finally {
            System.clearProperty("twice.wrong");
        }
        assertThat(run()).containsExactly("for any number, small SUCCESSFUL", "second step SUCCESSFUL");
    }

    private static List<String> run() throws Exception {
        List<String> ran = new ArrayList<>();
        URL classes = TwoAnswersTest.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader answer = new AnswerLoader(classes)) {
            Class<?> lesson = answer.loadClass(TwiceLesson.class.getName());
            assertThat(lesson).isNotSameAs(TwiceLesson.class);
            LessonRun.execute(lesson, new TestExecutionListener() {
                @Override
                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                    if (test.isTest()) {
                        ran.add(test.getDisplayName() + " " + result.getStatus());
                    }
                }
            });
        }
        return ran;
    }

    /** Loads the lesson's own classes anew; all others are shared. */
    private static final class AnswerLoader extends URLClassLoader {

        AnswerLoader(URL classes) {
            super(new URL[] {classes}, TwoAnswersTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(TwiceLesson.class.getPackageName() + ".Twice")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
