/**
 * What happened in a run, and whether it was right.
 *
 * <p>A {@link mqworkbook.workbench.history.History} records; {@link mqworkbook.workbench.history.Checkers} are pure
 * functions over what was recorded; a {@link mqworkbook.workbench.history.Verdict} carries their
 * {@link mqworkbook.workbench.history.Finding}s. Nothing here knows a broker, a client library or a test engine.
 *
 * <p>The vocabulary is that of Jepsen's {@code total-queue} checker ({@code jepsen/checker.clj}), with one deliberate
 * difference: Jepsen counts copies, the workbook counts distinct business ids. A message id names a business event, so
 * publishing it again is a retry and not a second event, and its effect is due once at each subscriber.
 */
package mqworkbook.workbench.history;
