package mqworkbook.cli.documents;

/**
 * What does not hold in a page.
 *
 * @param line from 1
 * @param text a sentence
 */
record Complaint(int line, String text) {}
