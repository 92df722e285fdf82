package mqworkbook.cli.classroom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import mqworkbook.cli.classroom.ProgressJson.BadProgressException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressJsonTest {

    private static final LearnerProgress ADA = Learners.red(1, "Ada", Duration.ofMinutes(7), 3);

    @Test
    void whatIsWrittenIsRead() throws BadProgressException {
        LearnerProgress done = Learners.done(2, "\u674e\u96f7");

        assertThat(read(ProgressJson.write(ADA))).isEqualTo(ADA);
        assertThat(read(ProgressJson.write(done))).isEqualTo(done);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format\" : 1         | \"format\" : 9          | is in form 9; this workbook reads form 1",
                "\"format\" : 1         | \"form\" : 1            | is not progress of a workbook",
                "0000000000000001       | ../../../../etc/pa      | its id is not 16 hexadecimal digits",
                "\"state\" : \"WRONG\"  | \"state\" : \"BROKEN\"  | is not progress of a workbook",
                "\"passed\" : 1         | \"passed\" : -1         | passed is missing, or no count",
                "\"runs\" : 4           | \"runs\" : 99999999999  | runs is missing, or no count",
                "2026-03-02T09:30:00Z   | yesterday               | is not progress of a workbook",
                "\"red\" : {            | \"red\" {               | is no JSON, or only a part of it",
            })
    void whatIsNotADocumentIsRefused(String present, String changed, String complaint) {
        String text = ProgressJson.write(ADA);
        assertThat(text).contains(present);

        assertThatThrownBy(() -> read(text.replace(present, changed)))
                .isInstanceOf(BadProgressException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void halfADocumentAndNoneAreRefused() {
        String text = ProgressJson.write(ADA);

        assertThatThrownBy(() -> read(text.substring(0, text.length() / 2))).hasMessageContaining("is no JSON");
        assertThatThrownBy(() -> read("")).isInstanceOf(BadProgressException.class);
        assertThatThrownBy(() -> read("[".repeat(30_000))).isInstanceOf(BadProgressException.class);
        assertThatThrownBy(() -> read(" ".repeat(ProgressJson.LIMIT + 1))).hasMessageContaining("is larger than");
    }

    @Test
    void whatWouldMoveACursorOrTurnTheWritingIsTakenOut() throws BadProgressException {
        LearnerProgress read = read(ProgressJson.write(ADA).replace("\"Ada\"", "\"A\\u001b[2Jda\\r\\u202e\\n\""));

        assertThat(read.name()).isEqualTo("A [2Jda");
    }

    @Test
    void aLongNameIsCut() throws BadProgressException {
        assertThat(read(ProgressJson.write(ADA).replace("Ada", "a".repeat(5000)))
                        .name())
                .hasSize(120);
    }

    private static LearnerProgress read(String text) throws BadProgressException {
        return ProgressJson.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
