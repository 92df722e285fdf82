/** Pages that need nothing else: no network, no script. */
package mqworkbook.cli.page;
