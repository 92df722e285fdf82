/** The report: one page with progress, stories, the matrix of the proof and payoff charts, from what runs have left. */
package mqworkbook.cli.report;
