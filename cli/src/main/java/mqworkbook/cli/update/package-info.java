/** Brings a newer workbook under a learner's work. */
package mqworkbook.cli.update;
