package mqworkbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import mqworkbook.cli.host.Workspace;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {

    @TempDir
    Path root;

    private Workspace workspace;

    @BeforeEach
    void copyFixture() {
        workspace = FixtureWorkspace.in(root);
    }

    @Test
    void withoutACommandItTellsWhatThereIs() {
        Shell shell = Shell.run(workspace);

        assertThat(shell.exitCode()).isZero();
        assertThat(shell.output())
                .contains("start", "run", "verify", "soak", "prepare", "doctor", "Exit codes: 0 green");
    }

    @Test
    void theCompletionKnowsCommandsAndOptions() {
        Shell shell = Shell.run(workspace, "completion");

        assertThat(shell.exitCode()).isZero();
        assertThat(shell.output()).startsWith("#!/usr/bin/env bash").contains("mistakes", "--undo", "brokers");
    }

    @Test
    void theVersionIsTheProjects() {
        assertThat(Shell.run(workspace, "--version").output()).startsWith("MQ Workbook 1.0");
    }

    @ParameterizedTest
    @CsvSource({
        "verfiy,            There is no command verfiy. Did you mean verify?",
        "run 01 --anwser=x, There is no option --anwser=x. Did you mean --answer?",
        "run 01-sum,        There is no lesson 01-sum. Did you mean 01-sums?",
        "run smus,          There is no lesson smus. Did you mean 01-sums?",
        "run 12,            There is no lesson 12. The lessons are 01-sums.",
        "run,               Missing required parameter: 'LESSON'",
        "soak 01,           Missing required option: '--times=N'"
    })
    void wrongUsageIsExplained(String args, String message) {
        Shell shell = Shell.run(workspace, args.split(" "));

        assertThat(shell.exitCode()).isEqualTo(2);
        assertThat(shell.output()).startsWith(message);
    }

    @Test
    void aWrongAnswerFolderIsWrongUsage() {
        Shell shell = Shell.run(workspace, "run", "01", "--answer", root + "/solutions/01-sums/mistakes/of-by-one");

        assertThat(shell.exitCode()).isEqualTo(2);
        assertThat(shell.output()).contains("Did you mean solutions/01-sums/mistakes/off-by-one?");
    }

    @Test
    void aFolderThatNoPackCanBeMadeInIsWrongUsage() {
        Shell shell = Shell.run(workspace, "prepare", "--offline", root.toString());

        assertThat(shell.exitCode()).isEqualTo(2);
        assertThat(shell.output()).contains("holds other files: name an empty folder, or a new one");
    }

    @Test
    void whatCannotBePreparedIsToldAndIsAMatterOfThisMachine() {
        FixtureWorkspace.write(root.resolve(".mvn/wrapper/maven-wrapper.properties"), "distributionUrl=x/none-bin.zip");

        Shell shell = Shell.run(workspace, "prepare", "01");

        assertThat(shell.exitCode()).isEqualTo(3);
        assertThat(shell.output().lines())
                .anyMatch(line -> line.startsWith("failed  Maven      Maven has failed ("))
                .anyMatch(line -> line.startsWith("failed  Wrapper    The Maven that ./mvnw runs cannot be fetched"))
                .contains("Not all is there for lesson 01.");
    }

    @Test
    void whileAnUpdateIsHalfDoneNothingElseIs() {
        FixtureWorkspace.write(root.resolve(".workbook/update/pending"), "");

        Shell shell = Shell.run(workspace, "list");

        assertThat(shell.exitCode()).isEqualTo(3);
        assertThat(shell.output()).contains("An update of the workbook has broken off here. Finish it first");
    }

    @Test
    void outsideOfACheckoutItSaysSo() {
        Shell shell = Shell.run(new Workspace(root.resolve("elsewhere")), "run", "01");

        assertThat(shell.exitCode()).isEqualTo(3);
        assertThat(shell.output()).contains("is no checkout of the workbook");
    }
}
