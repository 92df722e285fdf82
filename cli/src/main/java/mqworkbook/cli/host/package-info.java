/** The machine that the workbook runs on: its JDK, Maven, git, and the terminal. */
package mqworkbook.cli.host;
