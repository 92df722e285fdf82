package mqworkbook.sync.user;

/** What the user service knows of somebody. */
public record User(String userId, String name, String address) {}
