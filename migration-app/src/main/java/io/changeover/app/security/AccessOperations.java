package io.changeover.app.security;

import io.changeover.app.security.AccessTokens.AccessToken;
import io.changeover.app.security.People.Person;
import io.changeover.consumer.ConsumerCatalogue;
import io.changeover.operation.OperationRefusedException;
import io.changeover.operation.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/** The verbs that say who may what. Each refuses with {@link OperationRefusedException}; a refusal changes nothing. */
public final class AccessOperations {

    /** How long a token is good at most. */
    public static final Duration LONGEST = Duration.ofDays(400);

    private static final Pattern ROLE = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    /** No colon: the names of those who sign in elsewhere have one. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,99}");

    private static final Pattern VIEW = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    /** What the audit trail calls what no person does. */
    private static final Set<String> TAKEN = Set.of("api", "application", "autopilot", "rehearsal", "reconciliation");

    private final People people;
    private final AccessTokens tokens;
    private final KnownTokens known;
    private final @Nullable ConsumerCatalogue consumers;
    private final PasswordEncoder encoder;
    private final RandomGenerator random;
    private final Clock clock;

    AccessOperations(
            People people,
            AccessTokens tokens,
            KnownTokens known,
            @Nullable ConsumerCatalogue consumers,
            PasswordEncoder encoder,
            RandomGenerator random,
            Clock clock) {
        this.people = people;
        this.tokens = tokens;
        this.known = known;
        this.consumers = consumers;
        this.encoder = encoder;
        this.random = random;
        this.clock = clock;
    }

    /**
     * A person as others may see it.
     *
     * @param name name
     * @param roles written forms of the roles, in order
     * @param mustChange whether the password is good for nothing but choosing another
     * @param disabled whether it may not sign in
     * @param oneTimePassword a password that was made now and is shown only here, or null
     */
    public record PersonStatus(
            String name,
            Collection<String> roles,
            boolean mustChange,
            boolean disabled,
            @Nullable String oneTimePassword) {

        @Override
        public String toString() {
            return "PersonStatus[name=%s]".formatted(name);
        }
    }

    /**
     * A token as others may see it.
     *
     * @param id identifier
     * @param name name in which it asks
     * @param roles written forms of its roles, in order
     * @param views views that it may touch, in order; empty for all
     * @param state {@code good}, {@code expired} or {@code revoked}
     * @param createdAt when it was issued
     * @param createdBy by whom
     * @param expiresAt from when on it is refused
     * @param lastUsedAt when it was last seen to be used, by the quarter of an hour, or null
     * @param token what lets its holder in, only in the answer to whoever has it issued; else null
     */
    public record TokenStatus(
            String id,
            String name,
            Collection<String> roles,
            Collection<String> views,
            String state,
            Instant createdAt,
            String createdBy,
            Instant expiresAt,
            @Nullable Instant lastUsedAt,
            @Nullable String token) {

        @Override
        public String toString() {
            return "TokenStatus[id=%s, name=%s]".formatted(id, name);
        }
    }

    /** All tokens, those too that are good no more. */
    public List<TokenStatus> tokens() {
        return tokens.all().stream().map(token -> status(token, null)).toList();
    }

    /**
     * Issues a token, which is shown only in the answer.
     *
     * @param name whom it names: a person's for that person's own token, a declared consumer's for that consumer's
     * @param roles written forms of its roles
     * @param views views that it may touch; empty for all
     * @param lifetime how long it is good, from a minute to {@link #LONGEST}
     */
    public TokenStatus issue(
            String name, Collection<String> roles, Collection<String> views, Duration lifetime, Request request) {
        requireName(name);
        requireRoles(roles);
        views.forEach(AccessOperations::requireView);
        if (lifetime.compareTo(Duration.ofMinutes(1)) < 0 || lifetime.compareTo(LONGEST) > 0) {
            throw new OperationRefusedException(
                    "invalid-lifetime",
                    "The token would be good for %s but must be for a minute to %d days; give another time"
                            .formatted(lifetime, LONGEST.toDays()));
        }
        requireOwnerMay(name, Set.copyOf(roles), views);
        TokenSecret secret = TokenSecret.fresh(random);
        Instant now = clock.instant();
        AccessToken token = new AccessToken(
                UUID.randomUUID(),
                name,
                Set.copyOf(roles),
                Set.copyOf(views),
                now,
                request.actor(),
                now.plus(lifetime),
                null,
                null);
        if (request.dryRun() != null) {
            request.dryRun()
                    .would(
                            "issue token",
                            Map.of(
                                    "name",
                                    name,
                                    "roles",
                                    new TreeSet<>(roles),
                                    "views",
                                    new TreeSet<>(views),
                                    "expiresAt",
                                    token.expiresAt()));
            return status(token, null);
        }
        tokens.add(token, secret.hash());
        return status(token, secret.value());
    }

    private void requireOwnerMay(String name, Set<String> roles, Collection<String> views) {
        boolean consumer = consumers != null && consumers.find(name).isPresent();
        if (roles.contains(Role.CONSUMER.word())) {
            if (!consumer || roles.size() > 1 || !views.isEmpty()) {
                throw new OperationRefusedException(
                        "not-a-consumers-token",
                        "A token of role 'consumer' is a declared consumer's and has no other role and no views, since it reads what its declaration says; '%s' %s; leave the rest out, or declare the consumer first"
                                .formatted(name, consumer ? "is declared" : "is not declared"));
            }
            return;
        }
        if (consumer) {
            throw new OperationRefusedException(
                    "name-of-consumer",
                    "'%s' is a declared consumer, in whose name nothing else may read; give the token the role 'consumer', or another name"
                            .formatted(name));
        }
        Person owner = people.byName(name).orElse(null);
        if (owner != null && !owned(roles, owner).equals(roles)) {
            throw new OperationRefusedException(
                    "more-than-its-owner",
                    "The token would have the roles '%s', and '%s', whose it would be, has '%s'; a person's token may no more than the person, so leave roles out or give it another name"
                            .formatted(
                                    String.join("', '", new TreeSet<>(roles)),
                                    name,
                                    String.join("', '", new TreeSet<>(owner.roles()))));
        }
    }

    /** Those of a token's roles that its owner has too. */
    static Set<String> owned(Set<String> roles, Person owner) {
        Set<String> owned = new TreeSet<>(roles);
        owned.retainAll(Role.words(Role.authorities(owner.roles())));
        return owned;
    }

    /** Has a token refused from now on; on other nodes within seconds. Repeated, it changes nothing. */
    public TokenStatus revoke(String id, Request request) {
        AccessToken token = uuid(id).flatMap(tokens::byId)
                .orElseThrow(() -> new OperationRefusedException(
                        "unknown-token",
                        "No token has the identifier '%s'; list the tokens to see which there are".formatted(id)));
        if (token.revokedAt() == null) {
            if (request.dryRun() != null) {
                request.dryRun().would("revoke token", Map.of("id", id, "name", token.name()));
                return status(token, null);
            }
            tokens.revoke(token.id(), request.actor());
            known.forget();
        }
        return status(tokens.byId(token.id()).orElse(token), null);
    }

    private static Optional<UUID> uuid(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // what cannot be one is one that is not there
        }
    }

    private TokenStatus status(AccessToken token, @Nullable String secret) {
        return new TokenStatus(
                token.id().toString(),
                token.name(),
                new TreeSet<>(token.roles()),
                new TreeSet<>(token.views()),
                token.revokedAt() != null ? "revoked" : token.isGoodAt(clock.instant()) ? "good" : "expired",
                token.createdAt(),
                token.createdBy(),
                token.expiresAt(),
                token.lastUsedAt(),
                secret);
    }

    /** All local people by name. */
    public List<PersonStatus> people() {
        return people.all().stream().map(person -> status(person, null)).toList();
    }

    /**
     * Adds somebody, who must choose a password of their own at the first sign-in.
     *
     * @param password the first password, or null for one that is made and shown only in the answer
     */
    public PersonStatus add(String name, Collection<String> roles, @Nullable String password, Request request) {
        requireName(name);
        requireRolesOfPerson(roles);
        requirePassword(name, password);
        boolean taken = people.byName(name).isPresent()
                || tokens.all().stream()
                        .anyMatch(token -> token.name().equals(name) && token.isGoodAt(clock.instant()));
        if (taken) {
            throw taken(name);
        }
        String first = password == null ? Passwords.fresh(random) : password;
        if (request.dryRun() != null) {
            request.dryRun().would("add person", Map.of("name", name, "roles", new TreeSet<>(roles)));
            return new PersonStatus(name, new TreeSet<>(roles), true, false, null);
        }
        Person person = new Person(name, hash(first), Set.copyOf(roles), true, false);
        if (!people.add(person, request.actor())) {
            throw taken(name);
        }
        return status(person, password == null ? first : null);
    }

    private static OperationRefusedException taken(String name) {
        return new OperationRefusedException(
                "name-taken",
                "'%s' is the name of a person or of a token that is good, and a name stands for one; choose another name, or revoke the token"
                        .formatted(name));
    }

    /** Gives a person these roles in place of all others, from their next request on. */
    public PersonStatus changeRoles(String name, Collection<String> roles, Request request) {
        requireRolesOfPerson(roles);
        Person person = person(name);
        Person changed = person.in(Set.copyOf(roles));
        if (request.dryRun() != null) {
            requireDone(People.check(people.all(), changed), changed);
            if (!changed.roles().equals(person.roles())) {
                request.dryRun().would("change roles", Map.of("name", name, "roles", new TreeSet<>(roles)));
            }
            return status(person, null);
        }
        requireDone(people.changeRoles(name, changed.roles(), request.actor()), changed);
        known.forget();
        return status(person(name), null);
    }

    /** Lets a person in or not, from their next request on. */
    public PersonStatus changeDisabled(String name, boolean disabled, Request request) {
        Person person = person(name);
        Person changed = person.disabled(disabled);
        if (request.dryRun() != null) {
            requireDone(People.check(people.all(), changed), changed);
            if (person.disabled() != disabled) {
                request.dryRun().would(disabled ? "disable person" : "enable person", Map.of("name", name));
            }
            return status(person, null);
        }
        requireDone(people.changeDisabled(name, disabled, request.actor()), changed);
        known.forget();
        return status(person(name), null);
    }

    private static void requireDone(People.Change change, Person person) {
        if (change == People.Change.LAST_ADMIN) {
            throw new OperationRefusedException(
                    "last-admin",
                    "'%s' is the last person of role 'admin' who may sign in, and somebody must be left who says who may what; give another person that role first"
                            .formatted(person.name()));
        }
        if (change == People.Change.UNKNOWN) {
            throw unknown(person.name());
        }
    }

    /**
     * Gives a person another password, with which they must choose one of their own.
     *
     * @param password the password, or null for one that is made and shown only in the answer
     */
    public PersonStatus changePassword(String name, @Nullable String password, Request request) {
        Person person = person(name);
        requirePassword(name, password);
        String next = password == null ? Passwords.fresh(random) : password;
        if (request.dryRun() != null) {
            request.dryRun().would("change password", Map.of("name", name));
            return status(person, null);
        }
        people.changePassword(name, hash(next), true, request.actor());
        return status(person(name), password == null ? next : null);
    }

    /**
     * Replaces somebody's own password by one of their choice.
     *
     * @param current the password until now
     * @param next the password from now on
     * @return what is wrong with one of them, as a sentence that holds neither; empty when it is done
     */
    public Optional<String> chooseOwnPassword(String name, String current, String next) {
        Person person = person(name);
        if (!encoder.matches(current, person.passwordHash())) {
            return Optional.of("The current password is wrong; type it again");
        }
        Optional<String> problem = current.equals(next)
                ? Optional.of("The new password is the current one; choose another")
                : Passwords.problem(name, next);
        if (problem.isEmpty()) {
            people.changePassword(name, hash(next), false, name);
        }
        return problem;
    }

    private String hash(String password) {
        return String.valueOf(encoder.encode(password));
    }

    private Person person(String name) {
        return people.byName(name).orElseThrow(() -> unknown(name));
    }

    private static OperationRefusedException unknown(String name) {
        return new OperationRefusedException(
                "unknown-person",
                "Nobody here is called '%s'; list the people to see who there is".formatted(shortened(name)));
    }

    private static PersonStatus status(Person person, @Nullable String password) {
        return new PersonStatus(
                person.name(), new TreeSet<>(person.roles()), person.mustChange(), person.disabled(), password);
    }

    private static void requirePassword(String name, @Nullable String password) {
        if (password != null) {
            Passwords.problem(name, password).ifPresent(problem -> {
                throw new OperationRefusedException("weak-password", problem);
            });
        }
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches() || TAKEN.contains(name)) {
            throw new OperationRefusedException(
                    "invalid-name",
                    "Name '%s' must have 1 to 100 letters, digits, dots, underscores, hyphens or @, begin with a letter or digit, and not be %s; choose another"
                            .formatted(shortened(name), String.join(", ", new TreeSet<>(TAKEN))));
        }
    }

    private static void requireRolesOfPerson(Collection<String> roles) {
        requireRoles(roles);
        if (roles.contains(Role.CONSUMER.word())) {
            throw new OperationRefusedException(
                    "role-of-programs",
                    "Role 'consumer' is that of programs that read, and a person cannot have it; leave it out");
        }
    }

    private static void requireRoles(Collection<String> roles) {
        if (roles.isEmpty()) {
            throw new OperationRefusedException(
                    "invalid-role", "No role is given, and without one nothing may be seen; give one such as viewer");
        }
        for (String role : roles) {
            if (!ROLE.matcher(role).matches()) {
                throw new OperationRefusedException(
                        "invalid-role",
                        "Role '%s' must be viewer, operator, approver, admin, unmasked, consumer or a role of your plans, of 1 to 40 lower-case letters, digits and hyphens; correct it"
                                .formatted(shortened(role)));
            }
        }
    }

    private static void requireView(String view) {
        if (view.length() > 200 || !VIEW.matcher(view).matches()) {
            throw new OperationRefusedException(
                    "invalid-view",
                    "View '%s' must be the name of a view such as order-board; correct it".formatted(shortened(view)));
        }
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "...";
    }
}
