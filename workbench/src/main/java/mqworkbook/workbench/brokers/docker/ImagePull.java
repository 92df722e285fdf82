package mqworkbook.workbench.brokers.docker;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mqworkbook.workbench.brokers.BrokerUnavailableException;

/** Fetches one image with progress on standard output; gives up when the engine says nothing for half a minute. */
public final class ImagePull {

    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration REPORT = Duration.ofSeconds(3);
    private static final long MEGABYTE = 1_000_000;

    private static final Pattern DOWNLOADING = Pattern.compile(
            "\"status\":\"Downloading\",\"progressDetail\":\\{\"current\":(\\d+),\"total\":(\\d+)}.*?\"id\":\"(\\w+)\"");
    private static final Pattern ERROR = Pattern.compile("\"(?:error|message)\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final String image;
    private final Map<String, long[]> layers = new HashMap<>();
    private String received = "";
    private long lastReport = System.nanoTime();

    private ImagePull(String image) {
        this.image = image;
    }

    /**
     * Fetches the image into the engine.
     *
     * @throws BrokerUnavailableException when it cannot be had, with the command that shows why
     */
    public static void run(ContainerEngine engine, String image) {
        System.out.println("Docker pulls " + image + " (once) ...");
        ImagePull pull = new ImagePull(image);
        try {
            new EngineConnection(engine.address())
                    .follow("POST", "/images/create?fromImage=" + encode(image), SILENCE, pull::progress);
        } catch (IOException e) {
            throw pull.failed(e.getMessage(), e);
        }
        if (!engine.hasImage(image)) {
            throw pull.failed(pull.error(), null);
        }
    }

    private void progress(String all) {
        received = all;
        if (System.nanoTime() - lastReport < REPORT.toNanos()) {
            return;
        }
        lastReport = System.nanoTime();
        Matcher matcher = DOWNLOADING.matcher(all);
        while (matcher.find()) {
            layers.put(
                    matcher.group(3), new long[] {Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))});
        }
        long got = layers.values().stream().mapToLong(layer -> layer[0]).sum();
        long total = layers.values().stream().mapToLong(layer -> layer[1]).sum();
        System.out.println("  " + image + ": " + got / MEGABYTE + " of " + total / MEGABYTE + " MB");
    }

    private String error() {
        String error = "no reason given";
        Matcher matcher = ERROR.matcher(received);
        while (matcher.find()) {
            error = matcher.group(1).replace("\\\"", "\"");
        }
        return error;
    }

    private BrokerUnavailableException failed(String reason, Throwable cause) {
        return new BrokerUnavailableException(
                "Docker cannot pull " + image + " (" + reason + "): try \"docker pull " + image
                        + "\", or run with -Dbrokers=local to do without Docker",
                cause);
    }

    private static String encode(String image) {
        return URLEncoder.encode(image, StandardCharsets.UTF_8);
    }
}
