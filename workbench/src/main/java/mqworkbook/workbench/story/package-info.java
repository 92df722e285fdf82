/**
 * What happened around a failure, told as a story: who sent what to whom, in the order of time, limited to the messages that
 * the failure names and to crashes, cuts and restarts.
 *
 * <p>A {@link mqworkbook.workbench.story.Recording} keeps what a fixture saw; a {@code Dialect} makes acts of one product's
 * protocol messages; a {@link mqworkbook.workbench.story.StoryTeller} chooses, marks and folds.
 */
package mqworkbook.workbench.story;
