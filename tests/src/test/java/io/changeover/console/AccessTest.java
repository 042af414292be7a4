package io.changeover.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.security.AccessTrail;
import io.changeover.app.security.People;
import io.changeover.app.security.People.Change;
import io.changeover.app.security.People.Person;
import io.changeover.changeover.Changeover;
import io.changeover.testkit.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** Who is let in, for how long, in whose name they act, and what is kept of it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AccessTest {

    private static final String PASSWORD = ConsoleServer.PASSWORD;
    private static final Pattern SECRET = Pattern.compile("cho_[A-Za-z0-9_-]{43}");

    @TempDir
    static Path folder;

    /** Has time stand until it is moved, so that no wait is over because the machine is slow. */
    @Configuration(proxyBeanMethods = false)
    static class Standing {

        @Bean
        Hands clock() {
            return new Hands();
        }
    }

    static final class Hands extends Clock {

        private volatile Instant now = Instant.parse("2027-02-01T10:00:00Z");

        void forward(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static TestDatabase database;
    private static ConsoleServer server;

    @BeforeAll
    static void start() {
        database = TestDatabase.empty();
        server = ConsoleServer.start(database, folder, Map.of(), Standing.class);
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    private static void person(String name, boolean mustChange, String... roles) {
        String hash = server.get(PasswordEncoder.class).encode(PASSWORD);
        server.get(People.class).add(new Person(name, hash, Set.of(roles), mustChange, false), "test");
    }

    private static String token(String name, String role) {
        HttpResponse<String> issued = new Visitor(server)
                .call(
                        "POST",
                        "/api/tokens",
                        ConsoleServer.TOKEN,
                        "{\"name\": \"%s\", \"roles\": [\"%s\"]}".formatted(name, role));
        assertThat(issued.statusCode()).as(issued.body()).isEqualTo(201);
        Matcher secret = SECRET.matcher(issued.body());
        assertThat(secret.find()).isTrue();
        return secret.group();
    }

    @Test
    void whoever_has_a_password_from_somebody_else_gets_to_choose_one_and_to_nothing_else() {
        person("newcomer", true, "viewer");
        Visitor visitor = new Visitor(server);
        visitor.signIn("newcomer", PASSWORD);
        assertThat(Visitor.leadsTo(visitor.get("/console"))).isEqualTo("/console/password");
        Map<String, String> same = Map.of("current", PASSWORD, "next", "newcomer", "again", "newcomer");
        assertThat(visitor.post("/console/password", same).body()).contains("The password has 8 characters but must");
        String chosen = "a horse that nobody knows";
        Map<String, String> good = Map.of("current", PASSWORD, "next", chosen, "again", chosen);
        assertThat(Visitor.leadsTo(visitor.post("/console/password", good))).isEqualTo("/console/sign-in");
        visitor.signIn("newcomer", chosen);
        assertThat(visitor.get("/console").statusCode()).isEqualTo(200);
    }

    @Test
    void a_session_has_an_identifier_of_its_own_and_a_cookie_that_stays_here() {
        Visitor visitor = new Visitor(server);
        HttpResponse<String> page = visitor.get("/console/sign-in");
        String before = visitor.session();
        assertThat(page.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HttpOnly")
                .contains("SameSite=Lax");
        visitor.signIn("viewer", PASSWORD);
        assertThat(visitor.session()).isNotEmpty().isNotEqualTo(before);
    }

    @Test
    void what_a_person_may_is_true_from_the_next_request_on() {
        person("mover", false, "viewer");
        Visitor visitor = new Visitor(server);
        visitor.signIn("mover", PASSWORD);
        assertThat(visitor.get("/console").statusCode()).isEqualTo(200);
        People people = server.get(People.class);
        people.changeRoles("mover", Set.of("unmasked"), "test");
        assertThat(visitor.get("/console").statusCode()).isEqualTo(403);
        people.changeRoles("mover", Set.of("viewer"), "test");
        assertThat(visitor.get("/console").statusCode()).isEqualTo(200);
        people.changeDisabled("mover", true, "test");
        assertThat(Visitor.leadsTo(visitor.get("/console"))).isEqualTo("/console/sign-in");
        HttpResponse<String> again = visitor.signIn("mover", PASSWORD);
        assertThat(again.headers().firstValue("Location").orElseThrow()).endsWith("/console/sign-in?failed");
        people.changeDisabled("mover", false, "test");
        assertThat(Visitor.leadsTo(visitor.get("/console"))).isEqualTo("/console/sign-in");
    }

    @Test
    void a_session_ends_with_the_password_that_it_began_with() {
        person("hurt", false, "viewer");
        Visitor thief = new Visitor(server);
        thief.signIn("hurt", PASSWORD);
        assertThat(thief.get("/console").statusCode()).isEqualTo(200);
        String hash = server.get(PasswordEncoder.class).encode("another long password");
        server.get(People.class).changePassword("hurt", hash, false, "test");
        assertThat(Visitor.leadsTo(thief.get("/console"))).isEqualTo("/console/sign-in");
    }

    @Test
    void a_busy_session_is_over_after_eight_hours() {
        Visitor visitor = new Visitor(server);
        visitor.signIn("viewer", PASSWORD);
        server.get(Hands.class).forward(Duration.ofHours(8));
        assertThat(visitor.get("/console").statusCode()).isEqualTo(200);
        server.get(Hands.class).forward(Duration.ofSeconds(1));
        assertThat(Visitor.leadsTo(visitor.get("/console"))).isEqualTo("/console/sign-in");
        visitor.signIn("viewer", PASSWORD);
        assertThat(visitor.get("/console").statusCode()).isEqualTo(200);
    }

    private static double attempts(String outcome) {
        return server.get(MeterRegistry.class)
                .get("changeover.access.attempts")
                .tag("outcome", outcome)
                .functionCounter()
                .count();
    }

    @Test
    void who_guesses_is_slowed_down_and_told_for_how_long() {
        person("guessed", false, "viewer");
        double failed = attempts("sign-in-failed");
        double slow = attempts("slowed-down");
        Visitor guesser = new Visitor(server);
        for (int guess = 0; guess < 5; guess++) {
            assertThat(guesser.signIn("guessed", "not that " + guess).statusCode())
                    .isEqualTo(302);
        }
        HttpResponse<String> slowed = guesser.signIn("guessed", PASSWORD);
        assertThat(slowed.statusCode()).isEqualTo(429);
        assertThat(slowed.headers().firstValueAsLong("Retry-After").orElse(0)).isEqualTo(1);
        assertThat(slowed.body()).contains("Too many attempts").doesNotContain("guessed");
        assertThat(attempts("sign-in-failed") - failed).isEqualTo(5);
        assertThat(attempts("slowed-down") - slow).isEqualTo(1);
        assertThat(new Visitor(server).signIn("approver", PASSWORD).statusCode())
                .isEqualTo(302);
    }

    @Test
    void the_trail_tells_who_was_let_in_and_who_gave_whom_which_right_and_no_secret() {
        person("traced", false, "viewer");
        Visitor visitor = new Visitor(server);
        visitor.signIn("traced", "wrong horse");
        visitor.signIn("correct horse battery", "wrong horse");
        visitor.signIn("traced", PASSWORD);
        visitor.get("/console");
        visitor.post("/console/sign-out", Map.of());
        String secret = token("traced", "viewer");
        List<AccessTrail.Entry> entries = server.get(AccessTrail.class).latest(10_000);
        assertThat(entries)
                .filteredOn(entry -> entry.subject().equals("traced"))
                .extracting(entry -> entry.actor() + " " + entry.action())
                .containsExactly(
                        "api token issued",
                        "traced signed out",
                        "traced signed in",
                        "traced sign-in failed",
                        "test person added");
        assertThat(entries).extracting(AccessTrail.Entry::subject).contains("(an unknown name)");
        assertThat(entries.toString()).doesNotContain("horse").doesNotContain(secret);
    }

    @Test
    void two_administrators_who_disable_each_other_at_once_leave_one() throws Exception {
        People people = server.get(People.class);
        person("first", false, "admin");
        person("second", false, "admin");
        people.all().stream()
                .filter(person -> person.roles().contains("admin")
                        && !Set.of("first", "second").contains(person.name()))
                .forEach(person -> people.changeDisabled(person.name(), true, "test"));
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 10; round++) {
                CyclicBarrier together = new CyclicBarrier(2);
                List<Callable<Change>> both =
                        List.of(() -> disable(people, "first", together), () -> disable(people, "second", together));
                int done = 0;
                for (Future<Change> change : threads.invokeAll(both)) {
                    done += change.get() == Change.DONE ? 1 : 0;
                }
                assertThat(done).isEqualTo(1);
                people.changeDisabled("first", false, "test");
                people.changeDisabled("second", false, "test");
            }
        } finally {
            threads.shutdownNow();
            people.changeDisabled("admin", false, "test");
        }
    }

    private static Change disable(People people, String name, CyclicBarrier together) throws Exception {
        together.await();
        return people.changeDisabled(name, true, "test");
    }

    @Test
    void four_eyes_are_those_of_two_people_whose_names_are_proven() {
        person("ann", false, "operator", "approver");
        person("bob", false, "approver");
        String plan = "four-eyes: true\\nsteps: [{percent: 50, approval: approver}, {percent: 100}]";
        String declare = "{\"view\": \"customer-account\", \"to\": 2, \"plan\": \"%s\"}".formatted(plan);
        String approve = "{\"percent\": 50}";
        String address = "/api/changeovers/customer-account/approve";
        Visitor visitor = new Visitor(server);
        assertThat(visitor.call("POST", "/api/changeovers", ConsoleServer.TOKEN, declare)
                        .body())
                .contains("urn:changeover:problem:name-not-proven");
        String ann = token("ann", "operator");
        String annApproves = token("ann", "approver");
        HttpResponse<String> declared = visitor.call("POST", "/api/changeovers", ann, declare);
        assertThat(declared.statusCode()).as(declared.body()).isEqualTo(201);
        assertThat(visitor.call("POST", address, ConsoleServer.TOKEN, approve).body())
                .contains("urn:changeover:problem:name-not-proven");
        assertThat(visitor.call("POST", address, annApproves, approve).body())
                .contains("urn:changeover:problem:own-plan");
        assertThat(visitor.call("POST", address + "?dryRun=true", annApproves, approve)
                        .body())
                .contains("urn:changeover:problem:own-plan");
        HttpResponse<String> approved = visitor.call("POST", address, token("bob", "approver"), approve);
        assertThat(approved.statusCode()).as(approved.body()).isEqualTo(200);
        assertThat(server.get(EventStore.class)
                        .readEvents(Changeover.idOf("customer-account"))
                        .asStream())
                .filteredOn(event -> event.getMetaData().containsKey(Changeover.PRINCIPAL))
                .extracting(event -> event.getPayloadType().getSimpleName() + " "
                        + event.getMetaData().get(Changeover.PRINCIPAL))
                .contains("Declared ann", "PlanAdopted ann", "StepApproved bob");
        visitor.call("POST", "/api/changeovers/customer-account/abort", ConsoleServer.TOKEN, "{}");
    }

    @Test
    void a_token_is_kept_as_a_hash_and_its_use_by_the_quarter_of_an_hour() {
        String secret = token("gauge", "viewer");
        assertThat(new Visitor(server).call("GET", "/api/views", secret, "").statusCode())
                .isEqualTo(200);
        HttpResponse<String> listed = new Visitor(server).call("GET", "/api/tokens", ConsoleServer.TOKEN, "");
        assertThat(listed.body()).contains("\"name\":\"gauge\"").doesNotContain(secret);
        assertThat(JdbcClient.create(database.dataSource())
                        .sql("select last_used_at from changeover.access_token where name = 'gauge'")
                        .query(OffsetDateTime.class)
                        .single())
                .isNotNull();
    }
}
