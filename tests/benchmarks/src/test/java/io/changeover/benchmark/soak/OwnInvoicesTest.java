package io.changeover.benchmark.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.benchmark.invoice.Faulty;
import io.changeover.benchmark.invoice.Keys;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OwnInvoicesTest {

    private final Random random = new Random(1);

    private Set<Long> all(OwnInvoices invoices) {
        Set<Long> seen = new TreeSet<>();
        for (int i = 0; i < 1_000; i++) {
            invoices.any(random).ifPresent(seen::add);
        }
        return seen;
    }

    @Test
    void writers_share_all_invoices_and_no_two_have_the_same() {
        assertThat(all(new OwnInvoices(0, 3, 10))).containsExactly(1L, 4L, 7L, 10L);
        assertThat(all(new OwnInvoices(1, 3, 10))).containsExactly(2L, 5L, 8L);
        assertThat(all(new OwnInvoices(2, 3, 10))).containsExactly(3L, 6L, 9L);
    }

    @Test
    void a_new_invoice_is_there_once_it_is_committed() {
        OwnInvoices invoices = new OwnInvoices(1, 3, 10);

        assertThat(invoices.issue()).isEqualTo(11);
        assertThat(invoices.issue()).isEqualTo(14);
        assertThat(all(invoices)).containsExactly(2L, 5L, 8L);
        invoices.committed();
        assertThat(all(invoices)).containsExactly(2L, 5L, 8L, 11L, 14L);
    }

    @Test
    void what_is_rolled_back_has_never_happened() {
        OwnInvoices invoices = new OwnInvoices(1, 3, 10);
        invoices.withdraw(5);
        invoices.issue();
        assertThat(all(invoices)).containsExactly(2L, 8L);

        invoices.rolledBack();

        assertThat(all(invoices)).containsExactly(2L, 5L, 8L);
        assertThat(invoices.issue()).isEqualTo(11);
    }

    @Test
    void what_is_withdrawn_is_gone_until_none_is_left() {
        OwnInvoices invoices = new OwnInvoices(1, 3, 10);
        Set.of(2L, 5L, 8L).forEach(invoices::withdraw);
        invoices.committed();

        assertThat(invoices.any(random)).isEmpty();
    }

    @Test
    void knows_which_of_its_invoices_show_the_fault() {
        OwnInvoices invoices = new OwnInvoices(0, 1, 1_000_000);
        long number = invoices.anyFaulty(random).orElseThrow();

        assertThat(Faulty.shows(Keys.sequential(number))).isTrue();
        assertThat(new OwnInvoices(0, 1, 10).anyFaulty(random)).isEmpty();
    }

    @Test
    void gives_new_invoices_that_show_the_fault_as_long_as_it_has_some() {
        OwnInvoices invoices = new OwnInvoices(1, 3, 10);
        long first = invoices.issueFaulty().orElseThrow();
        assertThat(Faulty.shows(Keys.sequential(first))).isTrue();
        assertThat(invoices.anyFaulty(random)).isEmpty();

        invoices.rolledBack();
        assertThat(invoices.issueFaulty()).hasValue(first);
        invoices.committed();
        assertThat(invoices.anyFaulty(random)).hasValue(first);
        Set<Long> others = new TreeSet<>();
        for (int i = 0; i < 9; i++) {
            others.add(invoices.issueFaulty().orElseThrow());
        }
        assertThat(others).hasSize(9).doesNotContain(first);
        assertThat(invoices.issueFaulty()).isEmpty();
    }
}
