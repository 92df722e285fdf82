package mqworkbook.workbench.wire;
import java.time.Duration;
import mqworkbook.workbench.brokers.*;
final class TrialBroker implements Broker {
  public BrokerKind kind(){return BrokerKind.ROCKETMQ;}
  public Endpoint endpoint(){return new Endpoint("127.0.0.1", 41291, "", "", "");}
  public Capabilities capabilities(){return new Capabilities("5.5.0", false, "x", Duration.ofSeconds(1));}
  public String describe(){return "t";}
  public void restart(){}
  public void start(){} public void stop(){}
}
