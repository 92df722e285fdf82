package mqworkbook.sync.user;

import java.util.Objects;

/**
 * What holds of a user as of a version: the whole, not what has changed. A higher version is newer, for ever: also when
 * a user was deleted and registers again. Versions may have gaps.
 *
 * @param deleted then name and address are empty
 */
public record UserState(String userId, long version, boolean deleted, String name, String address) {

    public UserState {
        Objects.requireNonNull(userId, "userId");
        if (version < 1) {
            throw new IllegalArgumentException("No version: " + version);
        }
        if (deleted && !(name.isEmpty() && address.isEmpty())) {
            throw new IllegalArgumentException("Of a deleted user nothing is known but the version");
        }
    }

    /** A user who is there. */
    public static UserState of(User user, long version) {
        return new UserState(user.userId(), version, false, user.name(), user.address());
    }

    /** A user who is gone as of this version. */
    public static UserState deleted(String userId, long version) {
        return new UserState(userId, version, true, "", "");
    }
}
