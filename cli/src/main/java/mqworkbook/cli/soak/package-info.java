/** The same suite again and again, to find what fails only sometimes. */
package mqworkbook.cli.soak;
