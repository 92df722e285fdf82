package mqworkbook.cli.learner;

/**
 * With whom progress is shared.
 *
 * @param address an http or https address, or a folder
 * @param name what the learner wants to be called there
 * @param id tells this checkout from all others; 16 hexadecimal digits
 */
public record Share(String address, String name, String id) {}
