package io.changeover.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.serving.ReadTally;
import io.changeover.serving.ReaderIdentity;
import io.changeover.serving.Reason;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UndeclaredReadsTest {

    private final UndeclaredReads reads = new UndeclaredReads(ConsumerCatalogue.of(
            List.of(ConsumerCatalogueTest.consumer("shop", List.of("order-board"), List.of("1"), "")),
            ConsumerCatalogueTest.VERSIONS));

    private static ReadTally tally(String consumer, String apiVersion) {
        return new ReadTally("order-board", 1, Reason.SERVING, 3, new ReaderIdentity(consumer, apiVersion), 1);
    }

    @Test
    void who_reads_what_it_has_not_declared_is_told_with_what_to_do() {
        assertThat(reads.text(tally("shop", "2")))
                .isEqualTo(
                        "Consumer 'shop' reads order-board@1 by version 2 of the API, which it has not declared; add it to changeover.consumers.shop or find out why");
        assertThat(reads.text(tally("cron", "")))
                .isEqualTo(
                        "Consumer 'cron' reads order-board@1 and is not declared; declare it as changeover.consumers.cron or find out who it is");
        assertThat(reads.text(tally("anonymous", "")))
                .isEqualTo(
                        "Readers counted as 'anonymous' read order-board@1; find out who they are, declare them as changeover.consumers.<name> and give them a token with 'changeover consumers token NAME'");
    }
}
