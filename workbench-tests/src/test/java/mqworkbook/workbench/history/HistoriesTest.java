package mqworkbook.workbench.history;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoriesTest {

    @Test
    void onlyWhatWasClosedSinceThenIsGivenTheOldestFirst() {
        Histories.keep("before", new History());
        long begin = System.nanoTime();
        Histories.keep("one", new History());
        Histories.keep("two", new History());

        assertThat(Histories.since(begin)).extracting(Histories.Kept::name).containsExactly("one", "two");
    }

    @Test
    void theOldestAreForgotten() {
        long begin = System.nanoTime();
        for (int number = 1; number <= 30; number++) {
            Histories.keep("number " + number, new History());
        }

        assertThat(Histories.since(begin))
                .extracting(Histories.Kept::name)
                .hasSize(20)
                .startsWith("number 11")
                .endsWith("number 30");
    }
}
