package mqworkbook.workbench.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The publisher's answers: at least one for each publish, and never both yes and no. */
final class AnswerCheck {

    private AnswerCheck() {}

    static List<Finding> contradicted(Ledger ledger) {
        List<Finding> findings = new ArrayList<>();
        byActor(ledger, Publication::isContradicted).forEach((actor, publications) -> {
            List<String> ids = ids(publications);
            findings.add(new Finding(
                    Guarantee.ONE_ANSWER,
                    ids,
                    actor,
                    "a publish either succeeds or fails.",
                    Words.list(ids) + " reported both as confirmed and as failed"
                            + Words.because(publications.get(0).whyFailed) + ".",
                    "one part of the system retries the order while another ships it.",
                    "returns and confirms are handled apart: an unroutable message is returned and then confirmed as"
                            + " well, and the confirm overwrites the return."));
        });
        return findings;
    }

    static List<Finding> unanswered(Ledger ledger) {
        List<Finding> findings = new ArrayList<>();
        byActor(ledger, Publication::isUnanswered).forEach((actor, publications) -> {
            List<String> ids = ids(publications);
            findings.add(new Finding(
                    Guarantee.ONE_ANSWER,
                    ids,
                    actor,
                    "each publish ends as confirmed, failed or in doubt.",
                    Words.list(ids) + " published, and the caller still waits.",
                    "callers hang one after the other until the thread pool is empty and the whole service stands"
                            + " still.",
                    "a confirm with multiple=true completes only its own number; or the number is noted after the"
                            + " publish, when a quick confirm has passed already; or a closing connection leaves"
                            + " open publishes pending."));
        });
        return findings;
    }

    private static Map<String, List<Publication>> byActor(Ledger ledger, Predicate<Publication> condition) {
        Map<String, List<Publication>> found = new LinkedHashMap<>();
        for (Publication publication : ledger.publications()) {
            if (condition.test(publication)) {
                found.computeIfAbsent(publication.actor, actor -> new ArrayList<>())
                        .add(publication);
            }
        }
        return found;
    }

    private static List<String> ids(List<Publication> publications) {
        return publications.stream().map(publication -> publication.id).toList();
    }
}
