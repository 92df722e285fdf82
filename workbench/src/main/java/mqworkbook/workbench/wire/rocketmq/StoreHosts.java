package mqworkbook.workbench.wire.rocketmq;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mqworkbook.workbench.wire.Detours;

/** Leads around the IPv4 addresses, in binary, of brokers that have stored a message. */
final class StoreHosts {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /** Address, port and offset: MessageDecoder.createMessageId 5.5.0. */
    private static final Pattern OFFSET_ID = Pattern.compile("[0-9a-fA-F]{32}");

    private final Detours detours;

    StoreHosts(Detours detours) {
        this.detours = detours;
    }

    /** Changes the four bytes of the address and the four of the port in place. */
    void leadAround(ByteBuffer bytes, int at) {
        byte[] host = new byte[4];
        bytes.get(at, host);
        int port = bytes.getInt(at + 4);
        if (port <= 0 || port > 0xFFFF) {
            return;
        }
        InetSocketAddress detour = detours.around(new InetSocketAddress(address(host), port));
        byte[] detourHost = detour.isUnresolved() ? host : detour.getAddress().getAddress();
        if (detourHost.length == host.length) {
            bytes.put(at, detourHost);
            bytes.putInt(at + 4, detour.getPort());
        }
    }

    /** One offset id or several with commas between; of the same length. */
    String leadAround(String ids) {
        return Stream.of(ids.split(",", -1)).map(this::leadIdAround).collect(Collectors.joining(","));
    }

    private String leadIdAround(String id) {
        if (!OFFSET_ID.matcher(id).matches()) {
            return id;
        }
        ByteBuffer bytes = ByteBuffer.wrap(HEX.parseHex(id));
        leadAround(bytes, 0);
        return HEX.formatHex(bytes.array());
    }

    private static InetAddress address(byte[] host) {
        try {
            return InetAddress.getByAddress(host);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("Four bytes are an address", e);
        }
    }
}
