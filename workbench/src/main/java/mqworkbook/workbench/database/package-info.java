/** A database as a lesson's tests see it: each process has a way of its own to it, which can be disturbed. */
package mqworkbook.workbench.database;
