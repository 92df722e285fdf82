/** How learners tell a class how far they are, and how the class looks at it. */
package mqworkbook.cli.classroom;
