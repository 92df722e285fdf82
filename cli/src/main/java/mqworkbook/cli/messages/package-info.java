/** The judge's messages, read back from the text that learners see, and kept in a form that does not differ from run to run. */
package mqworkbook.cli.messages;
