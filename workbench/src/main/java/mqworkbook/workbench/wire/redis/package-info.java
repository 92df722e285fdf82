/** RESP2 and RESP3 on the wire, as Redis 6.2 to 8 and the Lettuce client 7.7 speak them. */
package mqworkbook.workbench.wire.redis;
