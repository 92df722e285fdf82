package mqworkbook.workbench.wire.amqp;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import mqworkbook.workbench.wire.Splitter;

/** Joins frames to messages: on each channel a method with its header and body frames, as AMQP 0-9-1 4.2.6 has it. */
final class MessageAssembler {

    private static final byte[] NOTHING = {};

    private final AmqpDecoder decoder;
    private final PieceOrder order = new PieceOrder();

    /** By channel, the contents that are not whole yet. */
    private final Map<Integer, Content> contents = new HashMap<>();

    private Content body;
    private boolean bodyEndsContent;

    MessageAssembler(AmqpDecoder decoder) {
        this.decoder = decoder;
    }

    void protocolHeader(String version, byte[] frame, int length, Splitter.Sink sink) throws IOException {
        Content content = Content.complete(decoder.message(0, "protocol.header", Map.of("version", version)));
        order.add(content, frame, 0, length, true, sink);
    }

    void heartbeat(int channel, byte[] frame, int length, Splitter.Sink sink) throws IOException {
        Content content = Content.complete(decoder.message(channel, "heartbeat", Map.of()));
        order.add(content, frame, 0, length, true, sink);
    }

    void method(int channel, byte[] frame, int headLength, int length, Splitter.Sink sink) throws IOException {
        Content aborted = contents.remove(channel);
        if (aborted != null) {
            // 4.2.6: any non-content frame marks the end of a content that is not whole.
            aborted.settle();
            order.add(aborted, NOTHING, 0, 0, true, sink);
        }
        Content content = decoder.method(channel, frame, headLength, length - headLength - 1);
        if (!content.isSettled()) {
            contents.put(channel, content);
        }
        order.add(content, frame, 0, length, content.isSettled(), sink);
    }

    void header(int channel, byte[] frame, int headLength, int length, Splitter.Sink sink) throws IOException {
        int size = length - headLength - 1;
        Content content = contents.get(channel);
        if (content == null || content.isSettled()) {
            order.add(Content.complete(decoder.raw(channel, "header", size)), frame, 0, length, true, sink);
            return;
        }
        AmqpDecoder.Header header = decoder.header(frame, headLength, size);
        if (header == null) {
            content.settle();
        } else {
            content.settle(header);
        }
        order.add(content, frame, 0, length, endsContent(channel, content, 0), sink);
    }

    /** The head of a body frame; the rest of it comes as {@link #body}. */
    void bodyBegins(int channel, long size, byte[] frame, int headLength, Splitter.Sink sink) throws IOException {
        body = contents.get(channel);
        if (body == null || !body.isSettled()) {
            body = Content.complete(decoder.raw(channel, "body", size));
            bodyEndsContent = true;
        } else {
            bodyEndsContent = endsContent(channel, body, size);
        }
        order.add(body, frame, 0, headLength, false, sink);
    }

    void body(byte[] bytes, int offset, int length, boolean frameEnds, Splitter.Sink sink) throws IOException {
        // The frame's last byte is its mark, no part of the body.
        body.body(bytes, offset, frameEnds ? length - 1 : length);
        order.add(body, bytes, offset, length, frameEnds && bodyEndsContent, sink);
    }

    /** What is no frame. */
    void raw(byte[] bytes, int offset, int length, Splitter.Sink sink) throws IOException {
        order.add(Content.complete(decoder.raw(0, "none", length)), bytes, offset, length, true, sink);
    }

    /** Hands on all that waits for a header: none will come. */
    void release(Splitter.Sink sink) throws IOException {
        order.end(sink);
    }

    private boolean endsContent(int channel, Content content, long bodyBytes) {
        boolean whole = content.isWholeAfter(bodyBytes);
        if (whole) {
            contents.remove(channel);
        }
        return whole;
    }
}
