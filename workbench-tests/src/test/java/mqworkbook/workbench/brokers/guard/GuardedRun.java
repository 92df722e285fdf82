package mqworkbook.workbench.brokers.guard;

import java.util.concurrent.CountDownLatch;
import mqworkbook.workbench.brokers.BrokerKind;
import mqworkbook.workbench.brokers.Brokers;

/** The main class of a run that tests end in all ways: starts RabbitMQ, says so, and waits to be ended. */
final class GuardedRun {

    static final String READY = "broker at port ";

    private GuardedRun() {}

    public static void main(String[] arguments) throws InterruptedException {
        int port = Brokers.forRun().require(BrokerKind.RABBITMQ).endpoint().port();
        System.out.println(READY + port);
        if (arguments.length > 0 && arguments[0].equals("exit")) {
            System.exit(0);
        }
        new CountDownLatch(1).await();
    }
}
