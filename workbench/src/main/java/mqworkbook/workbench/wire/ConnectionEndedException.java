package mqworkbook.workbench.wire;

import java.io.IOException;

/** Stops a pump whose connection has ended, by a cut or otherwise. */
final class ConnectionEndedException extends IOException {

    private static final long serialVersionUID = 1L;

    ConnectionEndedException() {
        super("the connection has ended");
    }
}
