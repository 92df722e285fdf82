/** What this machine has and lacks for the workbook. */
package mqworkbook.cli.doctor;
