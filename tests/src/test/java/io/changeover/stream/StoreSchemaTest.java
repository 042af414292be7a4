package io.changeover.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.testkit.TestDatabase;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoreSchemaTest {

    private static PGSimpleDataSource source(TestDatabase database, String path) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.url());
        source.setUser(database.user());
        source.setPassword(database.password());
        source.setCurrentSchema(path);
        return source;
    }

    @Test
    void a_search_path_that_leads_into_its_own_schema_is_refused_before_anything_is_made() {
        try (TestDatabase database = TestDatabase.empty()) {
            assertThatThrownBy(() -> StoreSchema.migrate(source(database, "changeover,public")))
                    .isInstanceOf(InvalidEventStoreException.class)
                    .hasMessage(
                            """
                            The event store 'changeover' cannot be used:
                              - names without a schema are looked for in 'changeover,public', and 'changeover' is this library's own, so tables of the application would be made and missed there; connect as a user of another name, or set the search path, as with ?currentSchema=public""");
            assertThat(database.value("select to_regnamespace('changeover') is null"))
                    .isEqualTo("t");
            StoreSchema.migrate(source(database, "public"));
        }
    }

    @Test
    void a_user_that_is_called_like_it_is_refused_too_and_helped_by_a_search_path() {
        try (TestDatabase database = TestDatabase.empty()) {
            database.run("create role changeover superuser login password 'for this test'");
            try {
                PGSimpleDataSource source = source(database, null);
                source.setUser("changeover");
                source.setPassword("for this test");
                assertThatThrownBy(() -> StoreSchema.migrate(source))
                        .isInstanceOf(InvalidEventStoreException.class)
                        .hasMessageContaining("are looked for in 'changeover,public'");
                source.setCurrentSchema("public");
                StoreSchema.migrate(source);
            } finally {
                database.run("drop owned by changeover cascade", "drop role changeover");
            }
        }
    }
}
