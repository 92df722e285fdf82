/** The proof of the judge: right answers are green, wrong ones are red in the right step with the right words. */
package mqworkbook.cli.proof;
