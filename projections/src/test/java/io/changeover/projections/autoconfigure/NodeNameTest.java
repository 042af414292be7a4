package io.changeover.projections.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NodeNameTest {

    @Test
    void a_configured_name_is_taken_as_it_is() {
        assertThat(NodeName.of("blue", 8080).value()).isEqualTo("blue");
    }

    @Test
    void a_server_is_named_by_host_and_port_and_so_keeps_its_name_when_it_comes_back() {
        assertThat(NodeName.of(" ", 8080).value()).endsWith(":8080");
    }

    @Test
    void a_process_without_a_fixed_port_is_named_by_its_id() {
        assertThat(NodeName.of("", 0).value())
                .endsWith(":" + ProcessHandle.current().pid());
    }
}
