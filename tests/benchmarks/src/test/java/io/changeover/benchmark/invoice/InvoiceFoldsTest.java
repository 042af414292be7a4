package io.changeover.benchmark.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.view.EventInfo;
import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InvoiceFoldsTest {

    private static final LocalDate DAY = LocalDate.of(2024, 5, 6);

    private final EventInfo info = new EventInfo(1, "e-1", "a-1", Instant.EPOCH);
    private final InvoiceBoardV1 first = new InvoiceBoardV1();
    private final InvoiceBoardV2 second = new InvoiceBoardV2();
    private final InvoiceBoardV3 third = new InvoiceBoardV3();

    private static InvoiceIssued issued(String key) {
        return new InvoiceIssued(key, "c-1", "Ada", "Abel", DAY, DAY.plusDays(30), 1_234, "EUR", 3, null);
    }

    @Test
    void two_shapes_come_to_the_same_entry() {
        InvoiceIssued issued = issued("i-1");
        InvoiceAmended amended = new InvoiceAmended("i-1", 5);
        InvoicePaid paid = new InvoicePaid("i-1", DAY);
        InvoiceEntry one = first.entry(first.on(first.on(first.on(issued), amended), paid));
        InvoiceEntry other = second.entry(second.on(second.on(second.on(issued, info), amended, info), paid, info));

        assertThat(one).isEqualTo(other);
        assertThat(other.status()).isEqualTo(InvoiceStatus.PAID);
        assertThat(other.totalMinorUnits()).isEqualTo(5);
    }

    @Test
    void the_fault_shows_from_the_first_amendment_on_under_few_keys_only() {
        String faulty = LongStream.rangeClosed(1, 10_000_000)
                .mapToObj(Keys::sequential)
                .filter(Faulty::shows)
                .findFirst()
                .orElseThrow();

        assertThat(third.entry(third.on(issued(faulty), info)).totalMinorUnits())
                .isEqualTo(1_234);
        assertThat(third.entry(third.on(third.on(issued(faulty), info), new InvoiceAmended(faulty, 5), info))
                        .totalMinorUnits())
                .isEqualTo(6);
        assertThat(third.entry(third.on(third.on(issued("i-1"), info), new InvoiceAmended("i-1", 5), info))
                        .totalMinorUnits())
                .isEqualTo(5);
    }
}
