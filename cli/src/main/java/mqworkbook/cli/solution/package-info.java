/** What there is to compare with: the reference, the alternatives and the mistakes. */
package mqworkbook.cli.solution;
