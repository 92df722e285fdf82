package mqworkbook.workbench.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswerTest {

    private static final String SUMS = "mqworkbook/sums/Sums.java";
    private static final String SUBMITTED = "package mqworkbook.sums;\npublic final class Sums {}\n";

    @TempDir
    Path root;

    @TempDir
    Path elsewhere;

    private LessonFiles lesson;

    @BeforeEach
    void copyFixture() {
        lesson = Fixture.in(root);
    }

    @Nested
    class WhatLiesWhere {

        @Test
        void aSourceRootIsTakenAsItIs() {
            Path file = Fixture.write(elsewhere.resolve(SUMS), SUBMITTED);

            assertThat(judged(elsewhere)).isEqualTo(file);
        }

        @Test
        void aCheckoutOfTheLessonIsTakenFromItsMainSources() {
            Path file = Fixture.write(elsewhere.resolve("src/main/java/" + SUMS), SUBMITTED);
            Fixture.write(elsewhere.resolve("src/test/java/mqworkbook/sums/SumsTest.java"), "package mqworkbook.sums;");

            assertThat(judged(elsewhere)).isEqualTo(file);
            assertThat(Answer.at(lesson, elsewhere).files()).containsOnlyKeys(SUMS);
        }

        @Test
        void aCheckoutOfTheWholeWorkbookIsTakenFromThisLesson() {
            Path file = Fixture.write(elsewhere.resolve("lessons/01-sums/src/main/java/" + SUMS), SUBMITTED);

            assertThat(judged(elsewhere)).isEqualTo(file);
        }

        @Test
        void flatFilesArePlacedByTheirPackage() {
            Path file = Fixture.write(
                    elsewhere.resolve("Sums.java"), "/* package wrong; */\n// package wrong;\n" + SUBMITTED);

            assertThat(judged(elsewhere)).isEqualTo(file);
        }

        @Test
        void buildOutputAndHiddenFoldersAreLeftOut() {
            Path file = Fixture.write(elsewhere.resolve("Sums.java"), SUBMITTED);
            Fixture.write(elsewhere.resolve("target/copy/Sums.java"), SUBMITTED);
            Fixture.write(elsewhere.resolve(".backup/Sums.java"), SUBMITTED);

            assertThat(judged(elsewhere)).isEqualTo(file);
        }

        @Test
        void twoFilesForOnePlaceAreAnError() {
            Fixture.write(elsewhere.resolve("a/Sums.java"), SUBMITTED);
            Fixture.write(elsewhere.resolve("b/Sums.java"), SUBMITTED);

            assertThatThrownBy(() -> Answer.at(lesson, elsewhere))
                    .isInstanceOf(AnswerException.class)
                    .hasMessageContainingAll("same class", "a", "b");
        }

        private Path judged(Path folder) {
            return realPath(Answer.at(lesson, folder).files().get(SUMS));
        }

        private Path realPath(Path path) {
            try {
                // The answer names real paths, the temporary folder may be a link.
                return elsewhere.resolve(elsewhere.toRealPath().relativize(path.toRealPath()));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Nested
    class WhatItIsLaidOver {

        private static final String EXTRA = "mqworkbook/sums/Extra.java";

        @BeforeEach
        void everyBaseHasAFileOfItsOwn() {
            Fixture.write(lesson.skeleton().resolve(EXTRA), "package mqworkbook.sums;\n// skeleton\n");
            Fixture.write(lesson.reference().resolve(EXTRA), "package mqworkbook.sums;\n// reference\n");
            Fixture.write(elsewhere.resolve(SUMS), SUBMITTED);
        }

        @Test
        void aSolutionIsLaidOverTheReference() {
            Answer loop = Answer.at(lesson, lesson.solutions().resolve("alternatives/loop"));

            assertThat(Fixture.read(loop.files().get(EXTRA))).contains("// reference");
            assertThat(loop.files()).containsOnlyKeys(SUMS, EXTRA, "mqworkbook/sums/Helper.java");
        }

        @Test
        void anyOtherFolderIsLaidOverTheSkeleton() {
            assertThat(Fixture.read(Answer.at(lesson, elsewhere).files().get(EXTRA)))
                    .contains("// skeleton");
        }

        @Test
        void anyOtherFolderIsLaidOverTheReferenceOnRequest() {
            Answer answer = Answer.at(lesson, elsewhere, Optional.of(Answer.Base.REFERENCE));

            assertThat(Fixture.read(answer.files().get(EXTRA))).contains("// reference");
        }
    }

    @Nested
    class WhatIsRefused {

        @Test
        void aFolderThatIsNotThereWithASuggestion() {
            Path typo = lesson.solutions().resolve("mistakes/of-by-one");

            assertThatThrownBy(() -> Answer.at(lesson, typo))
                    .isInstanceOf(AnswerException.class)
                    .hasMessage("There is no folder " + typo + ". Did you mean "
                            + Path.of("solutions/01-sums/mistakes/off-by-one") + "?");
        }

        @Test
        void anOverlayThatReplacesNothing() {
            Fixture.write(elsewhere.resolve("Other.java"), "package somewhere; class Other {}");

            assertThatThrownBy(() -> Answer.at(lesson, elsewhere))
                    .isInstanceOf(AnswerException.class)
                    .hasMessageContainingAll(elsewhere.toString(), "replaces no file of lesson 01-sums", SUMS);
        }

        @Test
        void aMistakeThatAddsAFile() {
            Path mistake = lesson.solutions().resolve("mistakes/off-by-one");
            Fixture.write(mistake.resolve("mqworkbook/sums/More.java"), "package mqworkbook.sums; class More {}");

            assertThatThrownBy(() -> Answer.at(lesson, mistake))
                    .isInstanceOf(AnswerException.class)
                    .hasMessageContainingAll("off-by-one", "adds mqworkbook/sums/More.java");
        }

        @Test
        void aChangeToGivenCode() {
            Fixture.write(elsewhere.resolve("Sums.java"), SUBMITTED);
            Fixture.write(elsewhere.resolve("Numbers.java"), "package mqworkbook.sums; class Numbers {}");

            assertThatThrownBy(() -> Answer.at(lesson, elsewhere))
                    .isInstanceOf(AnswerException.class)
                    .hasMessageContainingAll("changes mqworkbook/sums/Numbers.java", "belongs to the lesson");
        }

        @Test
        void butNotAnUnchangedCopyOfGivenCodeWithOtherLineEnds() {
            Fixture.write(elsewhere.resolve("Sums.java"), SUBMITTED);
            String given = Fixture.read(lesson.given().resolve("mqworkbook/sums/Numbers.java"));
            Fixture.write(elsewhere.resolve("Numbers.java"), given.replace("\n", "\r\n"));

            assertThat(Answer.at(lesson, elsewhere).files()).containsOnlyKeys(SUMS);
        }
    }

    @Nested
    class Merging {

        private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

        @Test
        void rewritesOnlyWhatChangedAndRemovesWhatVanished() throws IOException {
            Path merged = root.resolve("merged");
            Answer.at(lesson, lesson.solutions().resolve("alternatives/loop")).mergeInto(merged);
            Fixture.write(merged.resolve("mqworkbook/old/Gone.java"), "package mqworkbook.old;");
            Files.setLastModifiedTime(merged.resolve(SUMS), LONG_AGO);

            Answer.at(lesson, lesson.solutions().resolve("alternatives/loop")).mergeInto(merged);

            assertThat(Files.getLastModifiedTime(merged.resolve(SUMS))).isEqualTo(LONG_AGO);
            assertThat(merged.resolve("mqworkbook/old/Gone.java")).doesNotExist();

            Answer.reference(lesson).mergeInto(merged);

            assertThat(Files.getLastModifiedTime(merged.resolve(SUMS))).isGreaterThan(LONG_AGO);
            assertThat(merged.resolve("mqworkbook/sums/Helper.java")).doesNotExist();
        }

        @Test
        void foldersOfTheSameNameHaveDifferentIds() {
            Fixture.write(elsewhere.resolve("one/anna b/Sums.java"), SUBMITTED);
            Fixture.write(elsewhere.resolve("two/anna b/Sums.java"), SUBMITTED);

            String one = Answer.at(lesson, elsewhere.resolve("one/anna b")).id();
            String two = Answer.at(lesson, elsewhere.resolve("two/anna b")).id();

            assertThat(one).matches("answer-anna_b-[0-9a-f]{8}").isNotEqualTo(two);
        }
    }
}
