package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.IdleGovernor;
import io.changeover.app.InMemoryAuditOperations;
import io.changeover.app.InMemoryAutopilotOperations;
import io.changeover.app.InMemoryComparisonOperations;
import io.changeover.app.InMemoryCompletionOperations;
import io.changeover.app.InMemoryConsumerOperations;
import io.changeover.app.InMemoryDoctorOperations;
import io.changeover.app.InMemoryEffectOperations;
import io.changeover.app.InMemoryEventOperations;
import io.changeover.app.InMemoryFallbackOperations;
import io.changeover.app.InMemoryMirrorOperations;
import io.changeover.app.InMemoryOperations;
import io.changeover.app.InMemoryPlanOperations;
import io.changeover.app.InMemoryRebuildOperations;
import io.changeover.app.InMemoryReconciliationOperations;
import io.changeover.app.InMemoryReportOperations;
import io.changeover.app.InMemoryRouteOperations;
import io.changeover.app.InMemoryRowOperations;
import io.changeover.app.InMemorySegmentOperations;
import io.changeover.app.InMemoryShadowOperations;
import io.changeover.app.InMemorySimulationOperations;
import io.changeover.app.InMemorySunsetOperations;
import io.changeover.app.InMemoryTopicOperations;
import io.changeover.operation.AuditOperations;
import io.changeover.operation.AutopilotOperations;
import io.changeover.operation.CompletionOperations;
import io.changeover.operation.DoctorOperations;
import io.changeover.operation.EffectOperations;
import io.changeover.operation.EventOperations;
import io.changeover.operation.FallbackOperations;
import io.changeover.operation.MirrorOperations;
import io.changeover.operation.Operations;
import io.changeover.operation.RebuildOperations;
import io.changeover.operation.ReconciliationOperations;
import io.changeover.operation.ReportOperations;
import io.changeover.operation.RouteOperations;
import io.changeover.operation.RowOperations;
import io.changeover.operation.SegmentOperations;
import io.changeover.operation.ShadowOperations;
import io.changeover.operation.SimulationOperations;
import io.changeover.operation.SunsetOperations;
import io.changeover.operation.TopicOperations;
import io.changeover.parity.ParityReport.Verdict;
import io.changeover.throttle.Governor;
import io.changeover.throttle.ThrottleLimits;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import picocli.CommandLine;

@SpringBootTest(
        classes = ChangeoverCommandTest.Server.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "changeover.api.token=" + ChangeoverCommandTest.TOKEN)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ChangeoverCommandTest {

    static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @Configuration(proxyBeanMethods = false)
    @ComponentScan(
            basePackages = {"io.changeover.app.api", "io.changeover.app.security"},
            excludeFilters = @ComponentScan.Filter(TestConfiguration.class))
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        SecurityAutoConfiguration.class,
        ServletWebSecurityAutoConfiguration.class,
        SecurityFilterAutoConfiguration.class
    })
    static class Server {

        @Bean
        InMemoryConsumerOperations consumerOperations() {
            return new InMemoryConsumerOperations();
        }

        @Bean
        AuditOperations auditOperations() {
            return new InMemoryAuditOperations();
        }

        @Bean
        AutopilotOperations autopilotOperations() {
            return new InMemoryAutopilotOperations();
        }

        @Bean
        InMemoryOperations operations() {
            return new InMemoryOperations();
        }

        @Bean
        InMemoryPlanOperations planOperations(InMemoryOperations operations) {
            return new InMemoryPlanOperations(operations);
        }

        @Bean
        InMemoryComparisonOperations comparisonOperations(Operations operations) {
            return new InMemoryComparisonOperations(operations);
        }

        @Bean
        EffectOperations effectOperations() {
            return new InMemoryEffectOperations();
        }

        @Bean
        SegmentOperations segmentOperations() {
            return new InMemorySegmentOperations();
        }

        @Bean
        MirrorOperations mirrorOperations() {
            return new InMemoryMirrorOperations();
        }

        @Bean
        TopicOperations topicOperations() {
            return new InMemoryTopicOperations();
        }

        @Bean
        EventOperations eventOperations() {
            return new InMemoryEventOperations();
        }

        @Bean
        Governor governor() {
            return IdleGovernor.create();
        }

        @Bean
        RebuildOperations rebuildOperations() {
            return new InMemoryRebuildOperations();
        }

        @Bean
        ReconciliationOperations reconciliationOperations() {
            return new InMemoryReconciliationOperations();
        }

        @Bean
        FallbackOperations fallbackOperations() {
            return new InMemoryFallbackOperations();
        }

        @Bean
        RouteOperations routeOperations() {
            return new InMemoryRouteOperations();
        }

        @Bean
        CompletionOperations completionOperations(Operations operations) {
            return new InMemoryCompletionOperations(operations);
        }

        @Bean
        DoctorOperations doctorOperations() {
            return new InMemoryDoctorOperations();
        }

        @Bean
        SunsetOperations sunsetOperations() {
            return new InMemorySunsetOperations();
        }

        @Bean
        ShadowOperations shadowOperations() {
            return new InMemoryShadowOperations();
        }

        @Bean
        SimulationOperations simulationOperations() {
            return new InMemorySimulationOperations();
        }

        @Bean
        ReportOperations reportOperations() {
            return new InMemoryReportOperations();
        }

        @Bean
        RowOperations rowOperations() {
            return new InMemoryRowOperations();
        }
    }

    @LocalServerPort
    int port;

    @Autowired
    Operations operations;

    @Autowired
    Governor governor;

    @TempDir
    Path folder;

    InMemoryOperations memory;
    Map<String, String> environment = new HashMap<>();
    String out = "";
    String err = "";

    @BeforeEach
    void begin_anew() throws Exception {
        memory = (InMemoryOperations) operations;
        memory.reset();
        governor.limits(IdleGovernor.LIMITS);
        Files.writeString(folder.resolve("api-token"), TOKEN + "\n");
        environment.put("CHANGEOVER_SERVER", "http://127.0.0.1:" + port);
        environment.put("CHANGEOVER_DATA_FOLDER", folder.toString());
        environment.put("USER", "ada");
    }

    @Test
    void lists_views_with_the_token_of_the_data_folder() {
        assertThat(run("views")).isZero();
        assertThat(out)
                .isEqualTo(
                        """
                VIEW         SERVING  VERSIONS          CHANGEOVER
                order-board        1  1 live, 2 absent  -
                """);
    }

    @Test
    void shows_a_view_with_the_share_of_readers_of_each_version() {
        live();
        run("shift", "order-board", "10");
        assertThat(run("view", "order-board")).isZero();
        assertThat(out)
                .isEqualTo(
                        """
                VERSION        STATE  POSITION  LAG  ROWS  DEAD LETTERS  SERVES
                order-board@1  live      1,000    0   326             0    90 %
                order-board@2  live      1,000    0   326             1    10 %

                order-board 1 to 2: shifting, 10 %  since 2026-03-01T10:00:00Z
                parity    not verified
                backfill  done  [##############################] 100 %  1,000 events  200/s  complete
                routed by node-1
                next      shift, rollback, abort
                """);
    }

    @Test
    void leads_a_changeover_in_the_name_of_the_user() {
        assertThat(run("declare", "order-board", "--to", "2", "--reason", "faster"))
                .isZero();
        assertThat(run("backfill", "order-board", "--wait")).isZero();
        assertThat(out).contains("order-board 1 to 2: catching-up, 0 %");
        assertThat(run("verify", "order-board")).isZero();
        assertThat(run("shift", "order-board", "100")).isZero();
        assertThat(run("rollback", "order-board", "--reason", "slow")).isZero();
        assertThat(run("shift", "order-board", "100")).isZero();
        assertThat(run("complete", "order-board")).isZero();
        assertThat(memory.requests)
                .containsExactly(
                        "declare ada faster",
                        "backfill ada",
                        "verify ada",
                        "shift 100 ada",
                        "rollback ada slow",
                        "shift 100 ada",
                        "complete ada");
        assertThat(run("status")).isZero();
        assertThat(out).isEqualTo("No changeover is open.\n");
    }

    @Test
    void pauses_resumes_and_cancels_a_backfill() {
        assertThat(run("pause", "order-board@2", "--reason", "lunch")).isZero();
        assertThat(out).isEqualTo("paused  [##############################] 100 %  1,000 events  200/s  complete\n");
        assertThat(run("resume", "order-board@2")).isZero();
        assertThat(out).isEqualTo("running  [############..................]  40 %  400 events  200/s  3.0 s left\n");
        assertThat(run("cancel", "order-board@2")).isZero();
        assertThat(memory.requests).containsExactly("pause ada lunch", "resume ada", "cancel ada");
    }

    @Test
    void says_how_versions_compare_by_table_and_exit_code() {
        assertThat(run("compare", "order-board", "1", "2")).isZero();
        memory.verdict = Verdict.NOT_COMPARABLE;
        assertThat(run("compare", "order-board", "1", "2")).isEqualTo(5);
        memory.verdict = Verdict.DIFFERENT;
        assertThat(run("compare", "order-board", "1", "2")).isEqualTo(4);
        assertThat(out)
                .isEqualTo(
                        """
                order-board@1 and order-board@2: different. 1 of 326 rows differs
                COMPARED  EQUAL  DIFFERENT  MISSING  EXTRA  IN FLIGHT  PARKED  TOOK
                     326    325          1        0      0          0       0  0.1 s

                FIELD   ROWS THAT DIFFER
                status                 1

                KIND      KEY  LEFT       RIGHT
                status  10100  'SHIPPED'  -

                comparison  00000000-0000-4000-8000-000000000001
                plan        compared in the database
                ranges      1, no snapshot longer than 0.1 s
                """);
    }

    @Test
    void prints_the_servers_own_answer_as_json() {
        assertThat(run("compare", "order-board", "1", "2", "--output", "json")).isZero();
        assertThat(out).contains("\"verdict\" : \"equal\"");
    }

    @Test
    void lists_dead_letters_and_retries_them() {
        assertThat(run("dead-letters", "order-board@2")).isZero();
        assertThat(out)
                .isEqualTo(
                        """
                 HOME  POSITION  EVENT         REVISION  PARKED AT             TRIES  CAUSE
                10100        17  order.placed         1  2026-03-01T10:00:00Z      1  order has no lines
                """);
        assertThat(run("retry", "order-board@2", "10100")).isZero();
        assertThat(out).isEqualTo("10100 of order-board@2: 1 applied, 0 still parked\n");
        assertThat(run("retry", "order-board@2", "10101")).isEqualTo(1);
        assertThat(out).isEqualTo("10101 of order-board@2: 0 applied, 2 still parked: order has no lines\n");
    }

    @Test
    void shows_how_backfills_are_held_back() {
        assertThat(run("throttle")).isZero();
        assertThat(out)
                .isEqualTo(
                        """
                backfills on node-1: idle, a share of 2 in at most 2 workers

                SIGNAL                   VALUE       LIMIT  UNIT   WANTS TO  SHOWS
                live-latency                 0         100  ms     grow      nobody appends on this node
                live-latency-ratio           0         1.1  times  grow      nobody appends on this node
                replication-lag     80,000,000  67,108,864  bytes  shrink    standby 'berlin' is 80,000,000 bytes behind
                disk                         -           -         keep      no such file
                """);
    }

    @Test
    void changes_limits_while_backfills_run() {
        assertThat(run(
                        "throttle",
                        "--stop",
                        "--workers=1",
                        "--rate=5000",
                        "--live-latency=50ms",
                        "--live-latency-ratio=1.5",
                        "--live-lag=off",
                        "--connection-wait=1s",
                        "--replication-lag=16MB",
                        "--replication-delay=off"))
                .isZero();
        assertThat(out)
                .startsWith(
                        """
                backfills on node-1: stopped, a share of 1 in at most 1 worker
                at most 5,000 events in a second
                stopped by operator: stopped by hand; work goes on when somebody takes that back
                """);
        assertThat(governor.limits())
                .isEqualTo(new ThrottleLimits(
                        true,
                        1,
                        5_000,
                        Duration.ofMillis(50),
                        1.5,
                        0,
                        Duration.ofSeconds(1),
                        16L << 20,
                        Duration.ZERO));
        assertThat(run("throttle", "--go", "--rate", "off", "--live-latency-ratio", "off", "--replication-lag", "512"))
                .isZero();
        assertThat(governor.limits())
                .isEqualTo(new ThrottleLimits(
                        false, 1, 0, Duration.ofMillis(50), 0, 0, Duration.ofSeconds(1), 512, Duration.ZERO));
    }

    @Test
    void refuses_limits_that_make_no_sense() {
        assertThat(run("throttle", "--live-latency", "soon")).isEqualTo(1);
        assertThat(err)
                .isEqualTo(
                        "refused: Field 'liveLatency' is \"soon\" but must be a duration such as '50ms' or '2s' from PT0.001S to PT1H, or '0s'; send {\"maxWorkers\": 1, \"liveLatency\": \"50ms\"}\n");
        assertThat(run("throttle", "--stop", "--go")).isEqualTo(2);
        assertThat(err).startsWith("--stop and --go exclude each other; give one of them\n");
        assertThat(run("throttle", "--live-lag", "few")).isEqualTo(2);
        assertThat(err).startsWith("--live-lag 'few' must be a whole number or 'off'; correct it\n");
        assertThat(run("throttle", "--live-latency-ratio", "1,1")).isEqualTo(2);
        assertThat(err).startsWith("--live-latency-ratio '1,1' must be a number such as 1.1 or 'off'; correct it\n");
        assertThat(run("throttle", "--replication-lag", "64 apples")).isEqualTo(2);
        assertThat(err).startsWith("--replication-lag '64 apples' must be a size such as 64MB or 'off'; correct it\n");
        assertThat(governor.limits()).isEqualTo(IdleGovernor.LIMITS);
    }

    @Test
    void passes_a_refusal_on() {
        run("declare", "order-board", "--to", "2");
        assertThat(run("shift", "order-board", "10")).isEqualTo(1);
        assertThat(err)
                .isEqualTo(
                        "refused: Version 'order-board@2' is not built yet; reads move only to a version that is live; start its backfill\n");
        assertThat(run("view", "order board/../x")).isEqualTo(1);
    }

    @Test
    void is_refused_without_the_right_token() {
        assertThat(run("views", "--token", "guess")).isEqualTo(1);
        assertThat(err)
                .isEqualTo(
                        "refused: The request must carry a token that is good but carries none or another; send the header 'Authorization: Bearer <token>' with a token that an administrator has issued, or with the content of the file that changeover.api.token-file names\n");
        environment.put("CHANGEOVER_TOKEN", TOKEN);
        environment.remove("CHANGEOVER_DATA_FOLDER");
        assertThat(run("views")).isZero();
    }

    @Test
    void tells_a_missing_server_from_a_refusal() {
        assertThat(run("views", "--server", "http://127.0.0.1:1")).isEqualTo(3);
        assertThat(err)
                .isEqualTo(
                        "Server 'http://127.0.0.1:1' must answer but does not; start it with 'changeover serve' or name another with --server\n");
    }

    @Test
    void explains_a_wrong_command_line() {
        assertThat(run("shift", "order-board", "ten")).isEqualTo(2);
        assertThat(err).startsWith("Invalid value for positional parameter at index 1 (PERCENT): 'ten' is not an int");
        assertThat(run("dead-letters", "order-board")).isEqualTo(2);
        assertThat(err)
                .contains("'order-board' must name a view version such as 'order-board@2'; add the version after an @");
        assertThat(run("views", "--server", "localhost")).isEqualTo(2);
        assertThat(err)
                .startsWith(
                        "Server 'localhost' must be an address such as http://127.0.0.1:8080; correct --server or CHANGEOVER_SERVER");
        assertThat(run("mend")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
    }

    @Test
    void documents_its_exit_codes() {
        assertThat(run("--help")).isZero();
        assertThat(out)
                .contains(
                        """
                Exit codes:
                  0   done
                  1   refused or failed (see standard error), or a check found problems
                  2   the command is not understood
                  3   no server answers
                  4   a check has found something: rows that differ, failures, a gate that
                        refuses, a state to mend
                  5   a check has found nothing, but not all is proven, or a gate holds
                  6   events rollback-report: the release could not read some stored events
                """);
    }

    private void live() {
        run("declare", "order-board", "--to", "2");
        run("backfill", "order-board", "--wait");
    }

    private int run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = ChangeoverCommand.commandLine(environment)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err));
        int code = command.execute(arguments);
        command.getErr().flush();
        this.out = out.toString();
        this.err = err.toString();
        return code;
    }
}
