package mqworkbook.sync;

import mqworkbook.sync.user.User;
import mqworkbook.sync.user.UserEvent;
import mqworkbook.sync.user.UserState;

/** Events as the user service makes them. */
final class Events {

    private Events() {}

    static String id() {
        return "E-" + Store.number();
    }

    static UserEvent registered(String userId, long version) {
        return event(UserEvent.Type.REGISTERED, userId, version);
    }

    static UserEvent changed(String userId, long version) {
        return event(UserEvent.Type.CHANGED, userId, version);
    }

    static UserEvent removed(String userId, long version) {
        return event(UserEvent.Type.REMOVED, userId, version);
    }

    /** The address tells the version. */
    static UserEvent event(UserEvent.Type type, String userId, long version) {
        UserState state = type == UserEvent.Type.REMOVED
                ? UserState.deleted(userId, version)
                : UserState.of(new User(userId, "Ada", version + " Mill Lane"), version);
        return new UserEvent(id(), type, state);
    }
}
