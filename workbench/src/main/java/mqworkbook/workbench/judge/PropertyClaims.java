package mqworkbook.workbench.judge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which property classes the steps of a lesson run, as its test sources say. */
final class PropertyClaims {

    private static final String SUFFIX = "Properties.java";
    private static final Pattern CLAIM = Pattern.compile("StepProperties\\s*\\.\\s*of\\s*\\(([^;]*?)\\)\\s*;");
    private static final Pattern CLASS = Pattern.compile("(\\w+)\\s*\\.\\s*class\\b");

    private PropertyClaims() {}

    static List<String> complaints(Path testSources) throws IOException {
        List<Path> sources = sources(testSources);
        Map<String, List<String>> claims = new TreeMap<>();
        for (Path source : sources) {
            String name = source.getFileName().toString();
            if (name.endsWith(SUFFIX)) {
                claims.putIfAbsent(withoutEnding(name), new ArrayList<>());
            }
        }
        for (Path source : sources) {
            for (String claimed : claimedIn(Files.readString(source))) {
                claims.computeIfAbsent(claimed, name -> new ArrayList<>())
                        .add(withoutEnding(source.getFileName().toString()));
            }
        }
        return claims.entrySet().stream()
                .filter(claim -> claim.getValue().size() != 1)
                .map(claim -> complaint(claim.getKey(), claim.getValue()))
                .toList();
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> claimedIn(String source) {
        List<String> claimed = new ArrayList<>();
        Matcher claims = CLAIM.matcher(source);
        while (claims.find()) {
            Matcher classes = CLASS.matcher(claims.group(1));
            while (classes.find()) {
                claimed.add(classes.group(1));
            }
        }
        return claimed;
    }

    private static String complaint(String properties, List<String> steps) {
        return steps.isEmpty()
                ? properties + " is run by no step"
                : properties + " is run " + steps.size() + " times: by " + String.join(", ", steps);
    }

    private static String withoutEnding(String file) {
        return file.substring(0, file.length() - ".java".length());
    }
}
