/** The check of the project's Markdown: its links, commands, paths and excerpts hold. */
package mqworkbook.cli.documents;
