package mqworkbook.workbench.answer;

/** An answer cannot be judged as it is. The message is for the person who named it, and says what to change. */
public class AnswerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public AnswerException(String message) {
        super(message);
    }
}
