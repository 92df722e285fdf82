package mqworkbook.workbench.wire.redis;

import java.util.ArrayList;
import java.util.List;
import mqworkbook.workbench.wire.Preview;

/**
 * Follows the bytes of one RESP value to its end and remembers what is on its surface: a plain value, or the first
 * elements of an aggregate. Takes bounded memory however long the value is.
 */
final class RespValue {

    static final char NULL = '_';

    /** A line that is a command, as one types it. */
    static final char INLINE = 'i';

    private static final int SHOWN_ELEMENTS = 32;
    private static final int SHOWN_BYTES = 128;
    private static final int LONGEST_INLINE = 1024;
    private static final int LONGEST_NUMBER = 20;
    private static final long LONGEST = 1L << 40;
    private static final String AGGREGATES = "*~>%|";
    private static final String BULKS = "$=!";
    private static final String LINES = "+-:,#(" + NULL;

    private enum Part {
        TYPE,
        LINE,
        BULK,
        COMPLETE,
        BROKEN
    }

    /** A plain value, or an aggregate seen from outside; the length is in bytes, or in elements. */
    record Item(char type, String text, long length) {}

    private final boolean inlineAllowed;
    private final Nesting nesting = new Nesting();
    private final List<Item> elements = new ArrayList<>();
    private Preview preview = new Preview(SHOWN_BYTES);
    private Item top;
    private Part part = Part.TYPE;
    private char type;
    private boolean afterReturn;
    private long bulkLength;
    private long bulkLeft;
    private long taken;

    /** @param inlineAllowed whether a line that begins with a letter is a command */
    RespValue(boolean inlineAllowed) {
        this.inlineAllowed = inlineAllowed;
    }

    boolean isComplete() {
        return part == Part.COMPLETE;
    }

    boolean isBroken() {
        return part == Part.BROKEN;
    }

    /** The value itself, without its elements; {@code null} while even that is not known. */
    Item top() {
        return top;
    }

    /** The first elements of an aggregate. */
    List<Item> elements() {
        return elements;
    }

    /** Bytes of the whole value, or -1 while its end is not in sight. */
    long size() {
        boolean endInSight = part == Part.BULK && nesting.isLast();
        return isComplete() ? taken : endInSight ? taken + bulkLeft : -1;
    }

    /** Makes a string that is still coming in an item already, by what is there of it. */
    void settle() {
        if (part == Part.BULK) {
            item(new Item(type, preview.text(bulkLength), bulkLength));
        } else if (top == null) {
            top = new Item(type, preview.text(), preview.length());
        }
    }

    /** Takes bytes up to the end of the value at most, and tells how many it took. */
    int take(byte[] bytes, int offset, int end) {
        int at = offset;
        while (at < end && part != Part.COMPLETE && part != Part.BROKEN) {
            if (part == Part.BULK) {
                at += bulk(bytes, at, end);
            } else if (part == Part.LINE) {
                line(bytes[at++]);
            } else {
                begin((char) (bytes[at++] & 0xFF));
            }
        }
        taken += at - offset;
        return at - offset;
    }

    private void begin(char first) {
        preview.clear();
        afterReturn = false;
        part = Part.LINE;
        type = first;
        if (inlineAllowed && nesting.isTop() && first < 0x80 && Character.isLetter(first)) {
            type = INLINE;
            preview = new Preview(LONGEST_INLINE);
            preview.add((byte) first);
        } else if ((AGGREGATES + BULKS + LINES).indexOf(first) < 0) {
            part = Part.BROKEN;
        }
    }

    private void line(byte b) {
        if (b == '\n' && (afterReturn || type == INLINE)) {
            lineEnds();
        } else if (b == '\n' || afterReturn) {
            part = Part.BROKEN;
        } else if (b == '\r') {
            afterReturn = true;
        } else {
            preview.add(b);
            boolean tooLong = preview.length() > (type == INLINE ? LONGEST_INLINE : LONGEST_NUMBER);
            boolean unprintable = type == INLINE && b >= 0 && b < ' ' && b != '\t';
            if (unprintable || (tooLong && LINES.indexOf(type) < 0)) {
                part = Part.BROKEN;
            }
        }
    }

    private void lineEnds() {
        if (type == INLINE || LINES.indexOf(type) >= 0) {
            complete(new Item(type, type == NULL ? "null" : preview.text(), preview.length()));
            return;
        }
        long number = number();
        if (number == -1 && (type == '*' || type == '$')) {
            complete(new Item(NULL, "null", 0));
        } else if (number < 0 || number > LONGEST || nesting.isFull()) {
            part = Part.BROKEN;
        } else if (AGGREGATES.indexOf(type) >= 0) {
            aggregate(type == '|', number);
        } else {
            preview.clear();
            bulkLength = number;
            bulkLeft = number + 2;
            part = Part.BULK;
        }
    }

    private void aggregate(boolean attribute, long count) {
        if (!attribute) {
            item(new Item(type, "(" + count + " elements)", count));
        }
        if (count > 0) {
            nesting.enter(attribute, type == '%' || attribute ? 2 * count : count);
            part = Part.TYPE;
        } else {
            part = !attribute && nesting.leave() ? Part.COMPLETE : Part.TYPE;
        }
    }

    private int bulk(byte[] bytes, int offset, int end) {
        if (bulkLeft > 2) {
            int count = (int) Math.min(end - offset, bulkLeft - 2);
            preview.add(bytes, offset, count);
            bulkLeft -= count;
            return count;
        }
        bulkLeft--;
        if (bytes[offset] != (bulkLeft == 1 ? '\r' : '\n')) {
            part = Part.BROKEN;
        } else if (bulkLeft == 0) {
            complete(new Item(type, preview.text(), bulkLength));
        }
        return 1;
    }

    private void complete(Item item) {
        item(item);
        part = nesting.leave() ? Part.COMPLETE : Part.TYPE;
    }

    private void item(Item item) {
        if (nesting.isTop()) {
            top = item;
        } else if (nesting.isSurface() && elements.size() < SHOWN_ELEMENTS) {
            elements.add(item);
        }
    }

    private long number() {
        try {
            return Long.parseLong(preview.text());
        } catch (NumberFormatException e) {
            return -2;
        }
    }
}
