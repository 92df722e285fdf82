package mqworkbook.workbench.brokers.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PackageGraphTest {

    private static final String APT = """
            rabbitmq-server
              Depends: adduser
             |Depends: erlang-base
             |Depends: <erlang-base-hipe>
              Depends: esl-erlang
              Depends: erlang-ssl
                erlang-ssl-provider
              Depends: <python3:any>
                python3
            adduser
              Depends: passwd
            erlang-base
              Depends: libc6
            erlang-ssl
              Depends: erlang-base
             |Depends: <erlang-virtual>
              Depends: erlang-crypto
            erlang-crypto
              PreDepends: libssl3
            """;

    private final PackageGraph graph = PackageGraph.parse(APT);

    @Test
    void near_and_far_dependencies_of_a_name_are_followed() {
        assertThat(graph.wanted("rabbitmq-server", "erlang-"))
                .containsExactlyInAnyOrder("rabbitmq-server", "erlang-base", "erlang-ssl", "erlang-crypto");
    }

    @Test
    void of_alternatives_the_first_real_package_is_taken() {
        assertThat(graph.wanted("rabbitmq-server", "es")).containsExactly("rabbitmq-server");
        assertThat(graph.wanted("erlang-ssl", "erlang-c")).containsExactly("erlang-ssl", "erlang-crypto");
    }

    @Test
    void libraries_are_those_that_the_packages_name_themselves() {
        assertThat(graph.neededBy(graph.wanted("rabbitmq-server", "erlang-"), "lib"))
                .containsExactlyInAnyOrder("libc6", "libssl3");
    }
}
