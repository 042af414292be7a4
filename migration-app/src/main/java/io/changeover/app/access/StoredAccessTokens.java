package io.changeover.app.access;

import io.changeover.app.security.AccessTokens;
import io.changeover.app.security.AccessTrail;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Tokens in the table {@code changeover.access_token}; a change and its entry in the trail are kept together. */
final class StoredAccessTokens implements AccessTokens {

    private final JdbcClient database;
    private final TransactionTemplate transaction;
    private final AccessTrail trail;
    private final Clock clock;

    StoredAccessTokens(DataSource dataSource, AccessTrail trail, Clock clock) {
        this.database = JdbcClient.create(dataSource);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        this.trail = trail;
        this.clock = clock;
    }

    @Override
    public List<AccessToken> all() {
        return database.sql("select * from changeover.access_token order by name, created_at, id")
                .query((row, number) -> token(row))
                .list();
    }

    @Override
    public Optional<AccessToken> byId(UUID id) {
        return database.sql("select * from changeover.access_token where id = ?")
                .param(id)
                .query((row, number) -> token(row))
                .optional();
    }

    @Override
    public Optional<AccessToken> byHash(byte[] hash) {
        return database.sql("select * from changeover.access_token where hash = ?")
                .param(hash)
                .query((row, number) -> token(row))
                .optional();
    }

    @Override
    public void add(AccessToken token, byte[] hash) {
        transaction.executeWithoutResult(status -> {
            database.sql(
                            """
                            insert into changeover.access_token
                                (id, name, hash, roles, views, created_at, created_by, expires_at)
                            values (?, ?, ?, string_to_array(?, ','), string_to_array(?, ','), ?, ?, ?)
                            """)
                    .param(token.id())
                    .param(token.name())
                    .param(hash)
                    .param(words(token.roles()))
                    .param(token.views().isEmpty() ? null : words(token.views()))
                    .param(at(token.createdAt()))
                    .param(token.createdBy())
                    .param(at(token.expiresAt()))
                    .update();
            trail.add(
                    token.createdBy(),
                    "token issued",
                    token.name(),
                    "%s with roles %s for %s until %s"
                            .formatted(
                                    token.id(),
                                    words(token.roles()),
                                    token.views().isEmpty() ? "all views" : words(token.views()),
                                    token.expiresAt()));
        });
    }

    @Override
    public boolean revoke(UUID id, String actor) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            List<String> names = database.sql(
                            """
                            update changeover.access_token set revoked_at = ?, revoked_by = ?
                            where id = ? and revoked_at is null returning name
                            """)
                    .params(at(clock.instant()), actor, id)
                    .query(String.class)
                    .list();
            names.forEach(name -> trail.add(actor, "token revoked", String.valueOf(name), id.toString()));
            return !names.isEmpty();
        }));
    }

    @Override
    public void used(UUID id, Instant at, Instant unlessSince) {
        database.sql(
                        """
                        update changeover.access_token set last_used_at = ?
                        where id = ? and (last_used_at is null or last_used_at < ?)
                        """)
                .params(at(at), id, at(unlessSince))
                .update();
    }

    private static String words(Collection<String> words) {
        return String.join(",", new TreeSet<>(words));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static AccessToken token(ResultSet row) throws SQLException {
        return new AccessToken(
                row.getObject("id", UUID.class),
                row.getString("name"),
                set(row.getArray("roles")),
                set(row.getArray("views")),
                Objects.requireNonNull(instant(row, "created_at")),
                row.getString("created_by"),
                Objects.requireNonNull(instant(row, "expires_at")),
                instant(row, "revoked_at"),
                instant(row, "last_used_at"));
    }

    private static Set<String> set(@Nullable Array array) throws SQLException {
        return array == null ? Set.of() : Set.of((String[]) array.getArray());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
