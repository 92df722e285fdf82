package mqworkbook.workbench.judge;

import java.lang.Thread.UncaughtExceptionHandler;

/** Reports the exceptions that end a thread to {@link Problems}, until it is closed. */
final class UncaughtExceptions implements UncaughtExceptionHandler, AutoCloseable {

    private final UncaughtExceptionHandler before;

    private UncaughtExceptions(UncaughtExceptionHandler before) {
        this.before = before;
    }

    static UncaughtExceptions report() {
        UncaughtExceptions handler = new UncaughtExceptions(Thread.getDefaultUncaughtExceptionHandler());
        Thread.setDefaultUncaughtExceptionHandler(handler);
        return handler;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        if (Problems.isOpen()) {
            Problems.report("An exception ended the thread \"" + thread.getName() + "\"", thrown);
        } else if (before != null) {
            before.uncaughtException(thread, thrown);
        }
    }

    @Override
    public void close() {
        if (Thread.getDefaultUncaughtExceptionHandler() == this) {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
    }
}
