package mqworkbook.workbench.answer;

/** An answer does not compile. The message names the first error with its file and line. */
public final class CompilationException extends AnswerException {

    private static final long serialVersionUID = 1L;

    public CompilationException(String message) {
        super(message);
    }
}
