package mqworkbook.logs.line;

/** Wakes whoever is on call. */
public interface Pager {

    /**
     * Raises an alert. Somebody is woken once for each {@link Alert#key()}, however often it is raised; may throw when the
     * pager's network is away.
     */
    void raise(Alert alert);
}
