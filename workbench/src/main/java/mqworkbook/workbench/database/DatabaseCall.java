package mqworkbook.workbench.database;

/**
 * Something that a process asks of its database.
 *
 * @param text the SQL; {@code COMMIT} and {@code ROLLBACK} for the connection's own methods
 * @param commits whether it ends a transaction with success: a commit, or a statement while auto-commit is on
 */
public record DatabaseCall(String text, boolean commits) {

    /** Whether the SQL begins with this word, in capital letters or small. */
    public boolean begins(String word) {
        return text.stripLeading().regionMatches(true, 0, word, 0, word.length());
    }
}
