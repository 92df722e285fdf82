/** Files that are read while they are written. */
package mqworkbook.workbench.files;
