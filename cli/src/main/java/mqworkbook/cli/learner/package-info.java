/** What the learner has done so far, as the files of the checkout tell it; nothing here runs a test. */
package mqworkbook.cli.learner;
