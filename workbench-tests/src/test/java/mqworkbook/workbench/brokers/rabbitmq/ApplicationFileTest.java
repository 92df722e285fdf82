package mqworkbook.workbench.brokers.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ApplicationFileTest {

    private static final String RABBIT = """
            {application, 'rabbit', [
              {description, "RabbitMQ"},
              {modules, ['rabbit','rabbit_amqqueue',
                         'rabbit_access_control']},
              {applications, [kernel, stdlib,'ra',
                              rabbit_common]},
              {optional_applications, [systemd]},
              {included_applications, ['ranch']},
              {env, [{tcp_listeners, [5672]}]}
            ]}.
            """;

    @Test
    void everything_that_is_needed_included_or_optional_counts() {
        assertThat(ApplicationFile.parse(RABBIT).dependencies())
                .containsExactlyInAnyOrder("kernel", "stdlib", "ra", "rabbit_common", "systemd", "ranch");
    }

    @Test
    void the_closure_follows_files_and_stops_at_names_without_one() {
        ApplicationFile ra = ApplicationFile.parse("{application,ra,[{applications,[kernel,aten]}]}.");
        ApplicationFile unrelated = ApplicationFile.parse("{application,web,[{applications,[cowboy]}]}.");

        assertThat(ApplicationFile.closure(
                        "rabbit", Map.of("rabbit", ApplicationFile.parse(RABBIT), "ra", ra, "web", unrelated)))
                .contains("ra", "aten", "systemd")
                .doesNotContain("web", "cowboy");
    }

    @Test
    void without_modules_everything_else_stays() {
        assertThat(ApplicationFile.withoutModules(RABBIT))
                .contains("{modules, []}", "rabbit_common", "{env, [{tcp_listeners, [5672]}]}")
                .doesNotContain("rabbit_amqqueue");
    }
}
