/** One lesson, ready to judge answers without Maven: compiled in this JVM, run in another. */
package mqworkbook.cli.bench;
