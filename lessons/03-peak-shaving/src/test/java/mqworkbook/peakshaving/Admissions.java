package mqworkbook.peakshaving;

import io.lettuce.core.RedisException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import mqworkbook.peakshaving.sale.Outcome;
import mqworkbook.peakshaving.sale.Purchase;
import mqworkbook.workbench.judge.Beside;
import mqworkbook.workbench.judge.Eventually;
import mqworkbook.workbench.judge.Wrong;
import mqworkbook.workbench.redis.CommandMoment;

/** Asks the learner's admission, and compares what it says with what is in Redis. */
final class Admissions {

    private Admissions() {}

    static void expect(Outcome expected, Admission admission, Purchase purchase, Sale sale, String situation) {
        Sale.Books before = sale.books();
        expectSaid(expected, admission.reserve(purchase), purchase, sale, situation);
        Sale.Books after = sale.books();
        boolean reserved = purchase.equals(after.reservations().get(purchase.userId()));
        if (expected == Outcome.WON && !reserved) {
            throw Wrong.that("A shopper has won, and the reservation is not where everybody looks for it")
                    .seen(purchase.text() + " has won; " + sale.describe())
                    .means("When this process is gone, nobody knows who has won.")
                    .suspect("a reservation that is kept in memory, or under another key than the user's");
        }
        if (expected != Outcome.WON && !after.equals(before)) {
            throw Wrong.that("A purchase that was refused has changed the sale")
                    .seen(purchase.text() + " was told " + expected + "; before: " + before.stock() + " in stock, "
                            + before.reserved() + " reserved; now " + sale.describe())
                    .means("Each refusal costs the sale something: units vanish, or stock appears that never was.")
                    .suspect("a decrement before the decision, also of a stock that does not exist");
        }
        sale.expectConserved("after " + purchase.text() + " was told " + expected);
    }

    static void expectSaid(Outcome expected, Outcome said, Purchase purchase, Sale sale, String situation) {
        if (said == expected) {
            return;
        }
        Wrong wrong = Wrong.that(
                        "A shopper is told " + said + " in place of " + expected + " (" + purchase.userId() + ")")
                .seen("request " + purchase.requestId() + " of " + purchase.userId() + " for " + purchase.quantity()
                        + ": " + situation + "; " + sale.describe());
        throw switch (expected) {
            case WON ->
                wrong.means("Units that are there are refused, or a winner is sent away.")
                        .suspect("a decrement that goes through zero, or a request that is not known again");
            case ALREADY_BOUGHT ->
                wrong.means("One user gets the units of many: the sale goes to bots.")
                        .suspect("no look at who has bought, or reservations kept by request in place of by user");
            case NOT_ELIGIBLE -> wrong.means("Whoever did not register buys what was promised to others.");
            default ->
                wrong.means("More is sold than there is.")
                        .suspect("a stock that is compared with zero in place of the quantity");
        };
    }

    /** Waits until the call has ended or its moment has come. */
    static void awaitEither(CompletableFuture<?> call, CommandMoment moment) {
        Eventually.within(Market.SOON)
                .until("the call comes so far", () -> call.isDone() || moment.hasCome())
                .orElse(() -> late("a call"));
    }

    static Outcome result(CompletableFuture<Outcome> call, Purchase purchase) throws Exception {
        return Beside.result(call, Market.SOON, () -> late(purchase.text()));
    }

    static Wrong late(String what) {
        return Wrong.that("A shopper gets no answer")
                .seen(what + " has not come back after " + Market.SOON.toSeconds() + " s")
                .means("The click hangs, the shopper clicks again, and the load doubles.");
    }

    /** Whoever hears nothing, or of an error, sends the same request again. */
    static Outcome inTheEnd(CompletableFuture<Outcome> call, Purchase purchase, Callable<Outcome> again)
            throws Exception {
        try {
            return result(call, purchase);
        } catch (RedisException inDoubt) {
            return again.call();
        }
    }
}
