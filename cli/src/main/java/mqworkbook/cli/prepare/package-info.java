/** What a run needs, fetched and made before it: on this machine, or into a folder for machines without a network. */
package mqworkbook.cli.prepare;
