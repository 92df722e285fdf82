package mqworkbook.logs;

import java.util.ArrayList;
import java.util.List;
import mqworkbook.logs.line.BacklogAlarm;
import mqworkbook.logs.line.Lag;

/** What operations were told, in order: {@code behind log-index/0: 12}. */
final class TestAlarm implements BacklogAlarm {

    private final String prefix;
    private final List<String> told = new ArrayList<>();

    TestAlarm(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public void behind(Lag lag) {
        told.add("behind " + place(lag) + ": " + lag.lines());
    }

    @Override
    public void caughtUp(Lag lag) {
        told.add("caught up " + place(lag) + ": " + lag.lines());
    }

    private String place(Lag lag) {
        return lag.group().substring(prefix.length()) + "/" + lag.partition();
    }

    /** What was told since the last time that this was asked, sorted. */
    List<String> news() {
        List<String> news = told.stream().sorted().toList();
        told.clear();
        return news;
    }
}
