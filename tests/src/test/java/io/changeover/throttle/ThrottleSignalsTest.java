package io.changeover.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.changeover.stream.EventTable;
import io.changeover.testkit.EventWriter;
import io.changeover.testkit.TestDatabase;
import io.changeover.testkit.TestNode;
import io.changeover.view.VersionId;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.AbstractDataSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ThrottleSignalsTest {

    private static final ThrottleLimits LIMITS = ThrottleLimits.defaults();

    private final TestDatabase database = TestDatabase.withStore();

    @AfterEach
    void close() {
        database.close();
    }

    private HikariDataSource poolOfOne() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(1);
        return new HikariDataSource(config);
    }

    @Test
    void a_pool_with_a_free_connection_gives_one_at_once() throws Exception {
        try (HikariDataSource pool = poolOfOne();
                ConnectionWait signal = new ConnectionWait(pool)) {
            // The first connection has to be made.
            TestNode.await(() -> read(signal).load() < 0.5);
            assertThat(read(signal).text()).startsWith("the pool gave a connection after ");
        }
    }

    @Test
    void an_exhausted_pool_shows_how_long_it_has_given_no_connection_and_recovers() throws Exception {
        try (HikariDataSource pool = poolOfOne();
                ConnectionWait signal = new ConnectionWait(pool)) {
            try (Connection taken = pool.getConnection()) {
                assertThat(taken.isValid(1)).isTrue();
                TestNode.await(() -> read(signal).load() > Band.STOP);
                assertThat(read(signal).text()).startsWith("the pool has given no connection for ");
            }
            TestNode.await(() -> read(signal).load() < 0.5);
        }
    }

    @Test
    void a_pool_that_refuses_is_told_as_what_it_says() {
        DataSource broken = new AbstractDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                throw new SQLException("too many clients");
            }

            @Override
            public Connection getConnection(String user, String password) throws SQLException {
                return getConnection();
            }
        };
        try (ConnectionWait signal = new ConnectionWait(broken)) {
            TestNode.await(() -> "too many clients".equals(refusal(signal))); // which is not waited for by who reads
        }
    }

    private static @Nullable String refusal(ThrottleSignal signal) {
        try {
            signal.read(LIMITS);
            return null;
        } catch (SQLException e) {
            return e.getMessage();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private LiveLag lag(String... versions) {
        return new LiveLag(
                () -> List.of(versions).stream().map(VersionId::parse).toList(),
                new JdbcTemplate(database.dataSource()),
                EventTable.ofSpring());
    }

    private void token(String version, int segment, String token) {
        database.run(
                "insert into token_entry (processor_name, segment, timestamp, token) values ('%s', %d, '', convert_to('%s', 'UTF8'))"
                        .formatted(version, segment, token));
    }

    @Test
    void the_lag_is_that_of_the_slowest_segment_of_the_slowest_live_version() {
        try (EventWriter writer = new EventWriter(database.dataSource())) {
            for (int event = 0; event < 30; event++) {
                writer.append("thing.done");
            }
            writer.commit();
        }
        token("board@1", 0, "{\"globalIndex\":30}");
        token("board@2", 0, "{\"globalIndex\":28}");
        token("board@2", 1, "{\"globalIndex\":25}");
        token("other@1", 0, "{\"globalIndex\":1}");
        assertThat(lag("board@1", "board@2").read(LIMITS))
                .isEqualTo(new SignalReading(5, 1_000, "events", 0.005, "board@2 is 5 events behind"));
        assertThat(lag("board@1").read(LIMITS).value()).isZero();
        assertThat(lag().read(LIMITS).text()).isEqualTo("no version is live on this node");
        assertThat(lag("board@3").read(LIMITS).text()).isEqualTo("no version is live on this node");
    }

    @Test
    void a_segment_that_has_no_token_yet_is_behind_by_all_events() {
        try (EventWriter writer = new EventWriter(database.dataSource())) {
            writer.append("thing.done");
            writer.append("thing.done");
            writer.commit();
        }
        database.run("insert into token_entry (processor_name, segment, timestamp) values ('board@1', 0, '')");
        assertThat(lag("board@1").read(LIMITS).value()).isEqualTo(2);
    }

    @Test
    void where_there_is_no_standby_nothing_is_held_up() {
        assertThat(new ReplicationLag(new JdbcTemplate(database.dataSource())).read(LIMITS))
                .isEqualTo(SignalReading.none(64 << 20, "bytes", "there is no standby"));
    }

    @Test
    void a_receiver_that_does_not_keep_up_is_named_to_those_who_may_see_it_and_others_are_told_that_they_may_not()
            throws Exception {
        JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
        ReplicationLag signal = new ReplicationLag(jdbc);
        database.run("create role onlooker login password 'onlooker'");
        try (Follower follower = Follower.of(database)) {
            TestNode.await(() -> signal.read(LIMITS).text().contains("'slowpoke'"));
            database.run("create table noise as select repeat('x', 1000) as text from generate_series(1, 20000)");
            TestNode.await(() -> signal.read(LIMITS).value() > 10_000_000);
            ThrottleLimits tight =
                    new ThrottleLimits(false, 1, 0, Duration.ZERO, 0, 0, Duration.ZERO, 1_000_000, Duration.ZERO);
            SignalReading reading = signal.read(tight);
            assertThat(reading.load()).isGreaterThan(Band.STOP);
            assertThat(reading.text()).matches("standby 'slowpoke' is [0-9,]+ bytes behind");

            try (Connection connection = DriverManager.getConnection(database.url(), "onlooker", "onlooker")) {
                JdbcTemplate theirs = new JdbcTemplate(
                        new org.springframework.jdbc.datasource.SingleConnectionDataSource(connection, true));
                assertThat(new ReplicationLag(theirs).read(LIMITS))
                        .isEqualTo(
                                SignalReading.none(
                                        0,
                                        "bytes",
                                        "role 'onlooker' may not see how far 1 standbys are behind; grant it pg_read_all_stats to have them looked after"));
            }
            follower.catchUp();
            TestNode.await(() -> signal.read(LIMITS).value() < 1_000_000);
        } finally {
            database.run("drop role onlooker");
        }
    }

    private static SignalReading read(ThrottleSignal signal) {
        try {
            return signal.read(LIMITS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
