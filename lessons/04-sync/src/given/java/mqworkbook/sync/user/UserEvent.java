package mqworkbook.sync.user;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Something has happened to a user, and this is how they are since then. This is a contract: as text it is what the
 * outbox holds, and in UTF-8 the body of the message. {@code E-7|CHANGED|U-1|2|Ada|12+Mill+Lane}: event, type, user,
 * version, name, address.
 *
 * @param eventId the same on every copy of the event, and on no other event
 */
public record UserEvent(String eventId, Type type, UserState state) {

    /** What has happened. */
    public enum Type {
        REGISTERED,
        CHANGED,
        REMOVED
    }

    public UserEvent {
        Objects.requireNonNull(type, "type");
        if (eventId.isEmpty() || eventId.indexOf('|') >= 0) {
            throw new IllegalArgumentException("No id: \"" + eventId + "\"");
        }
        if (state.deleted() != (type == Type.REMOVED)) {
            throw new IllegalArgumentException(type + " does not go with " + state);
        }
    }

    /** The event as it is stored and sent. */
    public String text() {
        return String.join(
                "|",
                eventId,
                type.name(),
                encoded(state.userId()),
                Long.toString(state.version()),
                encoded(state.name()),
                encoded(state.address()));
    }

    /**
     * Reads an event.
     *
     * @throws InvalidEventException if the text is none
     */
    public static UserEvent parse(String text) throws InvalidEventException {
        String[] parts = text.split("\\|", -1);
        if (parts.length != 6) {
            throw new InvalidEventException(text, null);
        }
        try {
            Type type = Type.valueOf(parts[1]);
            long version = Long.parseLong(parts[3]);
            UserState state = new UserState(
                    decoded(parts[2]), version, type == Type.REMOVED, decoded(parts[4]), decoded(parts[5]));
            return new UserEvent(parts[0], type, state);
        } catch (IllegalArgumentException e) {
            throw new InvalidEventException(text, e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
