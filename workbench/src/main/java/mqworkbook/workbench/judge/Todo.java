package mqworkbook.workbench.judge;

/** Stands where the learner has something to write. The judge reports it as "to do", never as a mistake. */
public final class Todo extends UnsupportedOperationException {

    private static final long serialVersionUID = 1L;

    private final int step;

    /**
     * A place to write.
     *
     * @param step number of the step that asks for it, from 1
     * @param goal one sentence: what is to be done, not how
     */
    public Todo(int step, String goal) {
        super(goal);
        this.step = step;
        // Code around it that catches every exception must not hide that there is something to write.
        Problems.report("A place to write was reached", this);
    }

    /** Number of the step that asks for it. */
    public int step() {
        return step;
    }
}
