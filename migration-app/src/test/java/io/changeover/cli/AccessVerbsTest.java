package io.changeover.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.app.security.InMemoryAccessTokens;
import io.changeover.app.security.InMemoryPeople;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
        classes = ChangeoverCommandTest.Server.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "changeover.api.token=" + ChangeoverCommandTest.TOKEN)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AccessVerbsTest {

    private static final Pattern ISSUED = Pattern.compile("token \\(shown this once\\): (cho_[A-Za-z0-9_-]{43})\n");

    @LocalServerPort
    int port;

    @Autowired
    InMemoryPeople people;

    @Autowired
    InMemoryAccessTokens tokens;

    Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void name_the_server() {
        people.clear();
        tokens.clear();
        environment.put("CHANGEOVER_SERVER", "http://127.0.0.1:" + port);
        environment.put("CHANGEOVER_TOKEN", ChangeoverCommandTest.TOKEN);
        environment.put("USER", "ada");
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(environment, arguments);
    }

    private CommandRun runAs(String token, String... arguments) {
        environment.put("CHANGEOVER_TOKEN", token);
        try {
            return run(arguments);
        } finally {
            environment.put("CHANGEOVER_TOKEN", ChangeoverCommandTest.TOKEN);
        }
    }

    private String issue(String... arguments) {
        CommandRun run = run(arguments);
        assertThat(run.err()).isEmpty();
        Matcher issued = ISSUED.matcher(run.out());
        assertThat(issued.find()).as(run.out()).isTrue();
        return issued.group(1);
    }

    @Test
    void a_token_lets_its_holder_in_until_it_is_revoked() {
        String token = issue("token", "issue", "ci", "--role", "viewer", "--days", "7");
        assertThat(runAs(token, "views").code()).isZero();
        assertThat(runAs(token, "declare", "order-board", "--to", "2").err())
                .isEqualTo(
                        "refused: 'ci' has the roles 'viewer', and this takes another; ask an administrator for it, or send a token that has it\n");
        assertThat(runAs(token, "tokens").code()).isEqualTo(1);
        CommandRun listed = run("tokens");
        assertThat(listed.out()).contains("ci    viewer  all    good").doesNotContain(token);
        String id = tokens.all().get(0).id().toString();
        assertThat(run("token", "revoke", id, "--dry-run").out()).contains("revoke token");
        assertThat(runAs(token, "views").code()).isZero();
        assertThat(run("token", "revoke", id).out()).contains("revoked");
        String refusal = runAs(token, "views").err();
        assertThat(refusal).isEqualTo(runAs("cho_nobody", "views").err()).startsWith("refused: The request must carry");
    }

    @Test
    void a_token_for_views_touches_no_other() {
        String token = issue("token", "issue", "board-ci", "--role", "operator", "--view", "order-board");
        assertThat(runAs(token, "view", "order-board").code()).isZero();
        assertThat(runAs(token, "view", "balance").err())
                .isEqualTo(
                        "refused: The token is for the views 'order-board' and may touch nothing else, which '/api/views/balance' is; send a token for all views\n");
        assertThat(runAs(token, "declare", "balance", "--to", "2").err())
                .isEqualTo(
                        "refused: The token is for the views 'order-board' and may touch nothing else, which view 'balance' is; send a token for all views\n");
        assertThat(runAs(token, "throttle", "--stop").code()).isEqualTo(1);
        assertThat(runAs(token, "events", "list").code()).isEqualTo(1);
    }

    @Test
    void people_are_added_change_and_are_let_in_no_more() {
        CommandRun added = run("person", "add", "ann", "--role", "admin");
        assertThat(added.out())
                .matches(
                        "(?s)password \\(shown this once, to be changed at the first sign-in\\): [A-Za-z0-9_-]{20}\n\nNAME  ROLES  STATE\nann   admin  must choose a password\n");
        assertThat(run("person", "disable", "ann").err())
                .isEqualTo(
                        "refused: 'ann' is the last person of role 'admin' who may sign in, and somebody must be left who says who may what; give another person that role first\n");
        assertThat(run("person", "roles", "ann", "viewer", "--dry-run").err()).startsWith("refused: 'ann' is the last");
        assertThat(run("person", "add", "bob", "--role", "admin", "--dry-run").out())
                .contains("add person");
        assertThat(people.byName("bob")).isEmpty();
        assertThat(run("person", "add", "bob", "--role", "admin").code()).isZero();
        assertThat(run("person", "roles", "ann", "viewer", "release-manager").out())
                .contains("ann   release-manager, viewer");
        assertThat(run("person", "disable", "ann").out()).contains("disabled");
        assertThat(run("person", "enable", "ann").out()).contains("must choose a password");
        assertThat(run("people").out()).contains("ann ", "bob ");
        assertThat(run("person", "enable", "eve").err())
                .isEqualTo("refused: Nobody here is called 'eve'; list the people to see who there is\n");
    }

    @Test
    void a_persons_token_is_that_person_and_may_no_more() {
        run("person", "add", "root", "--role", "admin");
        run("person", "add", "ann", "--role", "operator");
        assertThat(run("token", "issue", "ann", "--role", "admin").err())
                .isEqualTo(
                        "refused: The token would have the roles 'admin', and 'ann', whose it would be, has 'operator'; a person's token may no more than the person, so leave roles out or give it another name\n");
        String token = issue("token", "issue", "ann", "--role", "operator");
        assertThat(runAs(token, "throttle", "--stop").code()).isZero();
        run("person", "roles", "ann", "viewer");
        assertThat(runAs(token, "throttle", "--stop").code()).isEqualTo(1);
        run("person", "disable", "ann");
        assertThat(runAs(token, "views").err()).startsWith("refused: The request must carry");
    }

    @Test
    void a_password_comes_from_standard_input_and_is_repeated_nowhere() {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream("a long and quiet road\n".getBytes(StandardCharsets.UTF_8)));
            CommandRun added = run("person", "add", "ann", "--role", "viewer", "--password");
            assertThat(added.err()).isEmpty();
            assertThat(added.out()).isEqualTo("NAME  ROLES   STATE\nann   viewer  must choose a password\n");
            System.setIn(new ByteArrayInputStream("short\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(run("person", "password", "ann", "--password").err())
                    .isEqualTo(
                            "refused: The password has 5 characters but must have at least 12, and at most 72 bytes in UTF-8; choose another\n");
            System.setIn(InputStream.nullInputStream());
            assertThat(run("person", "password", "ann", "--password").err())
                    .startsWith(
                            "No password was given; type one, write it to standard input, or leave --password out\n");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void what_cannot_be_is_refused_with_value_rule_and_remedy() {
        assertThat(run("person", "add", "auto pilot", "--role", "viewer").err())
                .isEqualTo(
                        "refused: Name 'auto pilot' must have 1 to 100 letters, digits, dots, underscores, hyphens or @, begin with a letter or digit, and not be api, application, autopilot, reconciliation, rehearsal; choose another\n");
        assertThat(run("person", "add", "ann", "--role", "Boss").err())
                .isEqualTo(
                        "refused: Role 'Boss' must be viewer, operator, approver, admin, unmasked, consumer or a role of your plans, of 1 to 40 lower-case letters, digits and hyphens; correct it\n");
        assertThat(run("person", "add", "ann", "--role", "consumer").err())
                .isEqualTo(
                        "refused: Role 'consumer' is that of programs that read, and a person cannot have it; leave it out\n");
        assertThat(run("token", "issue", "shop", "--role", "consumer").err())
                .isEqualTo(
                        "refused: A token of role 'consumer' is a declared consumer's and has no other role and no views, since it reads what its declaration says; 'shop' is not declared; leave the rest out, or declare the consumer first\n");
        assertThat(run("token", "issue", "ci", "--role", "viewer", "--days", "401")
                        .err())
                .startsWith("refused: Field 'days' is 401 but must be a whole number from 1 to 400; send");
        assertThat(run("token", "revoke", "x").err())
                .isEqualTo("refused: No token has the identifier 'x'; list the tokens to see which there are\n");
        issue("token", "issue", "ci", "--role", "viewer");
        assertThat(run("person", "add", "ci", "--role", "viewer").err())
                .isEqualTo(
                        "refused: 'ci' is the name of a person or of a token that is good, and a name stands for one; choose another name, or revoke the token\n");
    }
}
