package mqworkbook.workbench.brokers.guard;

/** Something that must not outlive the run, with a one-line form that travels to the guardian. */
interface Belonging {

    /** Brings it to an end. Called again until {@link #gone()}; must not throw. */
    void clear();

    /** Whether nothing is left of it. */
    boolean gone();

    /** One line that {@link #parse(String)} turns into an equal belonging, in this JVM or another. */
    String line();

    /** The belonging that {@code line} describes. */
    static Belonging parse(String line) {
        int blank = line.indexOf(' ');
        String kind = line.substring(0, Math.max(blank, 0));
        String rest = line.substring(blank + 1);
        return switch (kind) {
            case OwnedProcess.KIND -> OwnedProcess.parse(rest);
            case OwnedFolder.KIND -> OwnedFolder.parse(rest);
            case OwnedContainer.KIND -> OwnedContainer.parse(rest);
            default -> throw new IllegalArgumentException("not a belonging: " + line);
        };
    }
}
