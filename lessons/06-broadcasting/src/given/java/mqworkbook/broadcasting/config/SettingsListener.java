package mqworkbook.broadcasting.config;

/** Application code that acts on a change: closes a feature, resizes a pool, rebuilds an index of blocked users. */
@FunctionalInterface
public interface SettingsListener {

    /** A setting of this node has changed. May take its time, and may throw. */
    void changed(Change change);
}
