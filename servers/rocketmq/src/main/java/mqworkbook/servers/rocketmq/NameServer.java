package mqworkbook.servers.rocketmq;

import org.apache.rocketmq.common.namesrv.NamesrvConfig;
import org.apache.rocketmq.namesrv.NamesrvController;
import org.apache.rocketmq.remoting.netty.NettyServerConfig;

/** RocketMQ's name server, which tells clients where topics are. */
final class NameServer {

    private final NamesrvController controller;

    private NameServer(NamesrvController controller) {
        this.controller = controller;
    }

    static NameServer start(Settings settings) throws Exception {
        NamesrvConfig config = new NamesrvConfig();
        NettyServerConfig network = new NettyServerConfig();
        settings.applyTo(config);
        settings.applyTo(network);
        network.setListenPort(settings.nameServerPort());
        NamesrvController controller = new NamesrvController(config, network);
        if (!controller.initialize()) {
            throw new IllegalStateException("The name server does not initialise");
        }
        controller.start();
        return new NameServer(controller);
    }

    boolean knows(String topic) {
        return controller.getRouteInfoManager().pickupTopicRouteData(topic) != null;
    }
}
