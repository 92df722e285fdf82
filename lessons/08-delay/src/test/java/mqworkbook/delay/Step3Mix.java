package mqworkbook.delay;

import java.util.stream.Stream;
import mqworkbook.workbench.fixture.Fixtures;
import mqworkbook.workbench.judge.StepProperties;
import mqworkbook.workbench.rabbitmq.RabbitMqFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Fixtures.class)
abstract class Step3Mix extends TimeoutsContract {

    private RabbitMqFixture rabbit;

    @BeforeEach
    void open(RabbitMqFixture rabbit) {
        this.rabbit = rabbit;
    }

    @Override
    Bench newBench() throws Exception {
        return RabbitBench.mixed(rabbit).declare();
    }

    @TestFactory
    @Order(1)
    @DisplayName("for any buckets and any wait")
    Stream<DynamicTest> buckets() {
        return StepProperties.of(BucketsProperties.class);
    }

    @TestFactory
    @Order(30)
    @DisplayName("for any orders, delays and payments")
    Stream<DynamicTest> orders() {
        return StepProperties.of(OrdersProperties.class);
    }
}
