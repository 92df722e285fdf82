/** Whether a broker can be used: one message there and back, with each product's own client. */
package mqworkbook.workbench.trial;
