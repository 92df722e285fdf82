package mqworkbook.sync.user;

import java.util.List;

/** The user service's answer to whoever asks for everything. It takes minutes, and users change meanwhile. */
@FunctionalInterface
public interface UserSnapshot {

    /**
     * Loads the state of each user, as of one moment after the call: of those who were removed, too, as long as anybody
     * may still hear of them.
     */
    List<UserState> load() throws Exception;
}
