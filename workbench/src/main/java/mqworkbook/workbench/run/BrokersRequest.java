package mqworkbook.workbench.run;

import java.util.List;
import mqworkbook.workbench.brokers.BrokerKind;

/** Asks for brokers to be started, while runs may go on; answered by {@link RunEvent.BrokersReady}. */
record BrokersRequest(List<BrokerKind> kinds) implements JudgeRequest {

    BrokersRequest {
        kinds = List.copyOf(kinds);
    }
}
