/** Servers that are Java programs: their class paths, which the build resolves, and the JVMs that run them. */
package mqworkbook.workbench.brokers.jvm;
