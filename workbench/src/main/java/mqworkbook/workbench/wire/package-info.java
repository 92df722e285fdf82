/**
 * The wire between a client and its broker: a TCP relay on a stable loopback port that injects faults and shows what
 * passes. {@link mqworkbook.workbench.wire.Relay} is the way in; a {@link mqworkbook.workbench.wire.Protocol} tells it
 * where one message ends and the next begins.
 */
package mqworkbook.workbench.wire;
