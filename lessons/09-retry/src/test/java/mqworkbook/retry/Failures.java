package mqworkbook.retry;

import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import mqworkbook.retry.payment.Failure;
import mqworkbook.retry.payment.GatewayException;
import mqworkbook.retry.payment.InvalidPaymentException;

/** Failures as they come in practice, with what they are. */
final class Failures {

    /** One failure, and what it is by the table. */
    record Known(Throwable thrown, Failure failure) {

        @Override
        public String toString() {
            return Failures.told(thrown);
        }
    }

    private Failures() {}

    static List<Known> all() {
        return List.of(
                temporary(new GatewayException(503, "service unavailable")),
                temporary(new GatewayException(502, "bad gateway")),
                temporary(new GatewayException(504, "gateway time-out")),
                temporary(new GatewayException(429, "too many requests")),
                temporary(new GatewayException(408, "request time-out")),
                temporary(new ConnectException("connection refused")),
                temporary(new java.net.SocketException("connection reset")),
                temporary(new SocketTimeoutException("read timed out")),
                temporary(new java.sql.SQLTransientException("deadlock detected")),
                temporary(new SQLTransientConnectionException("the pool is exhausted")),
                permanent(new GatewayException(400, "amount missing")),
                permanent(new GatewayException(402, "card declined")),
                permanent(new GatewayException(404, "no such card")),
                permanent(new GatewayException(422, "unknown currency")),
                permanent(new GatewayException(499, "refused for a new reason")),
                permanent(new GatewayException(501, "not implemented")),
                permanent(new InvalidPaymentException("no payment: order 17, please", null)),
                unknown(new GatewayException(500, "internal error")),
                unknown(new GatewayException(505, "version not supported")),
                unknown(new GatewayException(302, "found elsewhere")),
                unknown(new NullPointerException()),
                unknown(new IllegalStateException("no such column")),
                unknown(new java.sql.SQLSyntaxErrorException("no such table")),
                unknown(new java.io.IOException("stream closed")),
                unknown(new Exception("something")));
    }

    /** The failure as the libraries in between hand it on. */
    static Throwable wrapped(Throwable thrown, int times) {
        Throwable outer = thrown;
        for (int i = 0; i < times; i++) {
            outer = switch (i % 3) {
                case 0 -> new ExecutionException(outer);
                case 1 -> new CompletionException("the charge failed", outer);
                default -> new IllegalStateException("payment service", outer);
            };
        }
        return outer;
    }

    static String told(Throwable thrown) {
        String status = thrown instanceof GatewayException answer ? " " + answer.status() : "";
        String cause = thrown.getCause() == null || thrown.getCause() == thrown
                ? ""
                : ", caused by " + thrown.getCause().getClass().getSimpleName();
        return thrown.getClass().getSimpleName() + status + " (" + thrown.getMessage() + ")" + cause;
    }

    private static Known temporary(Throwable thrown) {
        return new Known(thrown, Failure.TEMPORARY);
    }

    private static Known permanent(Throwable thrown) {
        return new Known(thrown, Failure.PERMANENT);
    }

    private static Known unknown(Throwable thrown) {
        return new Known(thrown, Failure.UNKNOWN);
    }
}
