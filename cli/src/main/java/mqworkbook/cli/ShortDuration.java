package mqworkbook.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A duration as one types it: {@code 90s}, {@code 30m} or {@code 2h}. */
final class ShortDuration implements ITypeConverter<Duration> {

    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,5})([smh])");

    @Override
    public Duration convert(String typed) {
        Matcher form = FORM.matcher(typed);
        if (!form.matches()) {
            throw new TypeConversionException(typed + " is no time: write it like 90s, 30m or 2h");
        }
        return Duration.parse("PT" + form.group(1) + form.group(2));
    }

    /** The duration as it would be typed, in full minutes where it has no seconds. */
    static String text(Duration duration) {
        return duration.toSecondsPart() == 0 ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
    }
}
