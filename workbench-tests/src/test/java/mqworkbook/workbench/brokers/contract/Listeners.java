package mqworkbook.workbench.brokers.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Where processes listen, as Linux tells it in {@code /proc/net/tcp} and {@code tcp6}. */
final class Listeners {

    private static final String LISTEN = "0A";
    private static final int WORD = 4;

    private Listeners() {}

    /** Whether this system tells. */
    static boolean known() {
        return Files.isReadable(Path.of("/proc/net/tcp"));
    }

    /** All addresses at which one of the processes accepts connections. */
    static List<InetSocketAddress> of(List<ProcessHandle> processes) throws IOException {
        Map<String, InetSocketAddress> listening = listening();
        List<InetSocketAddress> found = new ArrayList<>();
        for (ProcessHandle process : processes) {
            for (String inode : sockets(process)) {
                if (listening.containsKey(inode)) {
                    found.add(listening.get(inode));
                }
            }
        }
        return found;
    }

    private static Map<String, InetSocketAddress> listening() throws IOException {
        Map<String, InetSocketAddress> byInode = new HashMap<>();
        for (String table : List.of("tcp", "tcp6")) {
            Path file = Path.of("/proc/net", table);
            for (String line : Files.isReadable(file) ? Files.readAllLines(file) : List.<String>of()) {
                String[] fields = line.strip().split("\\s+");
                if (fields.length > 9 && fields[3].equals(LISTEN)) {
                    byInode.put(fields[9], parse(fields[1]));
                }
            }
        }
        return byInode;
    }

    /** {@code 0100007F:1F90}: words of four bytes, each the other way round. */
    private static InetSocketAddress parse(String text) throws IOException {
        String[] parts = text.split(":");
        byte[] words = HexFormat.of().parseHex(parts[0]);
        byte[] address = new byte[words.length];
        for (int i = 0; i < words.length; i++) {
            address[i] = words[i / WORD * WORD + WORD - 1 - i % WORD];
        }
        return new InetSocketAddress(InetAddress.getByAddress(address), Integer.parseInt(parts[1], 16));
    }

    private static List<String> sockets(ProcessHandle process) {
        List<String> inodes = new ArrayList<>();
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/" + process.pid() + "/fd"))) {
            for (Path descriptor : open) {
                String target = Files.readSymbolicLink(descriptor).toString();
                if (target.startsWith("socket:[")) {
                    inodes.add(target.substring("socket:[".length(), target.length() - 1));
                }
            }
        } catch (IOException ended) {
            // It listens nowhere any more.
        }
        return inodes;
    }
}
