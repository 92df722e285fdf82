/** Results that runs have left, and the stories of their failed tests as text. */
package mqworkbook.cli.story;
