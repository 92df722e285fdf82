/** The loop that judges a lesson again whenever one of its files is saved, and what makes its runs quick. */
package mqworkbook.cli.watch;
