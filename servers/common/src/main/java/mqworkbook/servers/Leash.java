package mqworkbook.servers;

import java.io.IOException;

/**
 * Ties a server's process to whoever started it. The server says on its standard output when it is ready; a line on its
 * standard input stops it in good order, the end of that input ends it at once, as a power failure would.
 */
public final class Leash {

    /** What is printed, alone on a line, once clients can use the server. */
    public static final String READY = "READY";

    /** System property: ready is enough, the server is then stopped. Classes loaded so far make the class-data archive. */
    private static final String REHEARSAL = "workbook.rehearsal";

    private Leash() {}

    /** Whether this is a rehearsal, in which the server serves one client and ends. */
    public static boolean isRehearsal() {
        return Boolean.getBoolean(REHEARSAL);
    }

    /** A way to stop a server. */
    @FunctionalInterface
    public interface Stop {
        void run() throws Exception;
    }

    /** Tells that the server is ready, and ends this JVM when it is told to; never returns. */
    public static void hold(Stop stopInGoodOrder) {
        System.out.println(READY);
        System.out.flush();
        int exit = 0;
        try {
            if (System.in.read() >= 0) {
                stopInGoodOrder.run();
            }
        } catch (IOException pipeGone) {
            // Whoever held it is gone.
        } catch (Exception e) {
            e.printStackTrace();
            exit = 1;
        }
        // Not exit(): hooks of the server would wait for what nobody needs any more.
        Runtime.getRuntime().halt(exit);
    }
}
