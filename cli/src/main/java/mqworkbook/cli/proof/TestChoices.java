package mqworkbook.cli.proof;

import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import mqworkbook.workbench.run.RunResult;

/** Which tests each answer is judged by, when the reference has been judged and while it is. For use by several threads. */
final class TestChoices {

    /** Null when the reference is not green. */
    private final CompletableFuture<TestChoice> choice = new CompletableFuture<>();
    /** What the other judges do while one judges the reference. */
    private final AtomicInteger wholeAlternatives;

    TestChoices(int judges) {
        wholeAlternatives = new AtomicInteger(judges - 1);
    }

    /** The reference has been judged. */
    void reference(Path classes, RunResult run) {
        choice.complete(run.green() ? new TestChoice(classes, run) : null);
    }

    /** The reference has been judged, or never will be: nobody waits for it any more. */
    void referenceEnded() {
        choice.complete(null);
    }

    /** Those that can tell this answer from the reference; empty for all. May wait for the reference. */
    Set<String> of(ProofItem item, Path classes) {
        TestChoice known = whole(item) ? choice.getNow(null) : choice.join();
        if (known == null) {
            return Set.of();
        }
        return switch (item.kind()) {
            case ALTERNATIVE -> known.ofAllSteps(classes);
            case GAP -> known.withAllOf(upto(item), classes);
            case MISTAKE -> known.upTo(upto(item), classes);
            default -> Set.of();
        };
    }

    private boolean whole(ProofItem item) {
        return item.kind() != ProofItem.Kind.ALTERNATIVE || wholeAlternatives.getAndDecrement() > 0;
    }

    private static int upto(ProofItem item) {
        return Integer.parseInt(item.expectation().parameters().get("upto"));
    }
}
