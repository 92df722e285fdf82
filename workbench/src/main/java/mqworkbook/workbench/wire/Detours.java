package mqworkbook.workbench.wire;

import java.net.InetSocketAddress;

/** Keeps clients on the relay that follow the addresses which a broker advertises. */
@FunctionalInterface
public interface Detours {

    /** None: clients connect where the broker sends them. */
    Detours NONE = advertised -> advertised;

    /** The address on the relay that leads to the advertised one; always the same for the same. */
    InetSocketAddress around(InetSocketAddress advertised);
}
