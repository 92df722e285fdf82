/** The command line: {@link mqworkbook.cli.Main} and one class for each command. */
package mqworkbook.cli;
