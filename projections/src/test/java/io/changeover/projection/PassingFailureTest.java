package io.changeover.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PassingFailureTest {

    private static Throwable wrapped(SQLException cause) {
        return new IllegalStateException(new RuntimeException(cause));
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "40001", "40P01", "53100", "53300", "57P01", "58030", "55P03", "25006"})
    void a_state_of_the_database_passes(String state) {
        assertThat(PassingFailure.is(wrapped(new SQLException("no", state)))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22001", "23505", "25P02", "42P01", "42501", "57014", "54000", "XX000"})
    void what_a_statement_is_refused_for_stays(String state) {
        assertThat(PassingFailure.is(wrapped(new SQLException("no", state)))).isFalse();
    }

    private static SQLException saidBy(String routine) {
        return new PSQLException(new ServerErrorMessage("SERROR\0VERROR\0C0A000\0Mno\0R%s\0".formatted(routine)));
    }

    @Test
    void a_prepared_statement_that_no_longer_fits_passes_and_may_be_tried_again_at_once() {
        SQLException stale = saidBy("RevalidateCachedQuery");
        assertThat(PassingFailure.is(wrapped(stale))).isTrue();
        assertThat(PassingFailure.isOfConnection(wrapped(stale))).isTrue();
        SQLException gone = new SQLException("no", "26000");
        assertThat(PassingFailure.is(wrapped(gone))).isTrue();
        assertThat(PassingFailure.isOfConnection(wrapped(gone))).isTrue();
        BatchUpdateException batch = new BatchUpdateException("a batch", null, 0, new int[0]);
        batch.setNextException(stale);
        assertThat(PassingFailure.isOfConnection(batch)).isTrue();
    }

    @Test
    void what_a_server_cannot_do_stays_and_what_passes_with_time_is_not_tried_at_once() {
        SQLException unsupported = saidBy("transformReturnStmt");
        assertThat(unsupported.getSQLState()).isEqualTo("0A000");
        assertThat(PassingFailure.is(wrapped(unsupported))).isFalse();
        assertThat(PassingFailure.isOfConnection(wrapped(unsupported))).isFalse();
        assertThat(PassingFailure.isOfConnection(wrapped(new SQLException("deadlock", "40P01"))))
                .isFalse();
    }

    @Test
    void the_failure_of_a_batch_is_that_of_its_statement() {
        BatchUpdateException batch = new BatchUpdateException("a batch", null, 0, new int[0]);
        assertThat(PassingFailure.is(batch)).isFalse();
        batch.setNextException(new SQLException("deadlock", "40P01"));
        assertThat(PassingFailure.is(wrapped(batch))).isTrue();
    }

    @Test
    void a_lost_claim_and_a_pool_without_connections_pass_and_a_defect_does_not() {
        assertThat(PassingFailure.is(new UnableToClaimTokenException("another node has it")))
                .isTrue();
        assertThat(PassingFailure.is(wrapped(new SQLTransientConnectionException("timed out"))))
                .isTrue();
        assertThat(PassingFailure.is(new IllegalStateException("broken"))).isFalse();
    }
}
