package mqworkbook.workbench.wire.rocketmq;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import mqworkbook.workbench.wire.Detours;

/**
 * Leads around the broker addresses in JSON, which are all strings with a host and a port in the objects that hold
 * addresses. Works on the text: fastjson leaves numeric keys unquoted, and all else is to stay as it is.
 */
final class BrokerAddresses {

    private static final Set<String> HOLDERS = Set.of("brokerAddrs", "filterServerTable");
    private static final Pattern ADDRESS = Pattern.compile("([^\\s:]+|\\[[0-9a-fA-F:.%]+]):(\\d{1,5})");

    private final Detours detours;
    private final String json;
    private final StringBuilder changed;
    private int copied;
    private int depth;

    /** Of the object that holds addresses; -1 outside. */
    private int holderDepth = -1;

    private String lastString = "";
    private char lastMark;

    private BrokerAddresses(Detours detours, String json) {
        this.detours = detours;
        this.json = json;
        this.changed = new StringBuilder(json.length());
    }

    static byte[] leadAround(byte[] json, Detours detours) {
        // One character for each byte: what is not ASCII passes unharmed, whatever its encoding.
        String text = new String(json, StandardCharsets.ISO_8859_1);
        return new BrokerAddresses(detours, text).leadAround().getBytes(StandardCharsets.ISO_8859_1);
    }

    private String leadAround() {
        int at = 0;
        while (at < json.length()) {
            char c = json.charAt(at);
            if (c == '"') {
                int end = endOfString(at + 1);
                string(at + 1, end);
                at = end;
            } else if (c == '{') {
                objectBegins();
            } else if (c == '}') {
                objectEnds();
            }
            lastMark = c > ' ' ? c : lastMark;
            at++;
        }
        return changed.append(json, copied, json.length()).toString();
    }

    private int endOfString(int from) {
        int at = from;
        while (at < json.length() && json.charAt(at) != '"') {
            at += json.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(at, json.length());
    }

    private void string(int start, int end) {
        lastString = json.substring(start, end);
        if (holderDepth >= 0) {
            changed.append(json, copied, start).append(around(lastString));
            copied = end;
        }
    }

    private void objectBegins() {
        depth++;
        if (holderDepth < 0 && lastMark == ':' && HOLDERS.contains(lastString)) {
            holderDepth = depth;
        }
    }

    private void objectEnds() {
        if (depth == holderDepth) {
            holderDepth = -1;
        }
        depth--;
    }

    private String around(String address) {
        Matcher parts = ADDRESS.matcher(address);
        if (!parts.matches() || Integer.parseInt(parts.group(2)) > 0xFFFF) {
            return address;
        }
        InetSocketAddress advertised = new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2)));
        InetSocketAddress detour = detours.around(advertised);
        return detour.equals(advertised) ? address : detour.getHostString() + ":" + detour.getPort();
    }
}
