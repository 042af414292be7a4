package io.changeover.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.event.EventType;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.FoldedVersion;
import io.changeover.view.Key;
import io.changeover.view.Versions;
import io.changeover.view.View;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConsumerCatalogueTest {

    @EventType(name = "order.placed")
    record OrderPlaced(String id) {}

    record Row(@Key String id) {}

    @View(name = "order-board", version = 1)
    static class Board {
        @Fold
        Row placed(OrderPlaced event) {
            return new Row(event.id());
        }

        @Canonical
        Row canonical(Row row) {
            return row;
        }
    }

    static final Versions VERSIONS = Versions.of(List.of(FoldedVersion.of(new Board())));

    static Consumer consumer(String name, List<String> views, List<String> apiVersions, String tokenHash) {
        return new Consumer(name, "sales", "", views, apiVersions, null, false, tokenHash);
    }

    @Test
    void every_problem_is_told_at_once_with_what_to_do() {
        String hash = new ConsumerToken("secret").hash();
        List<Consumer> consumers = List.of(
                consumer("Shop", List.of(), List.of(), ""),
                consumer("a".repeat(61), List.of(), List.of(), ""),
                consumer("others", List.of("order-board"), List.of(), ""),
                new Consumer("empty", " ", "", List.of(), List.of(), Duration.ZERO, false, "abc"),
                consumer("far", List.of("order-bord", "order-board@7", "order-board@x"), List.of(), ""),
                consumer("one", List.of("order-board@1"), List.of(), hash),
                consumer("two", List.of("order-board"), List.of(), hash.toUpperCase(java.util.Locale.ROOT)));
        assertThatExceptionOfType(InvalidConsumersException.class)
                .isThrownBy(() -> ConsumerCatalogue.of(consumers, VERSIONS))
                .satisfies(refused -> assertThat(refused.problems()).hasSize(11))
                .withMessage(
                        """
                        The consumers cannot be used:
                          - consumer 'Shop' must be named by lower-case words of letters and digits joined by hyphens, such as 'web-shop', with at most 60 characters; rename it
                          - consumer '%s' must be named by lower-case words of letters and digits joined by hyphens, such as 'web-shop', with at most 60 characters; rename it
                          - consumer 'others' has a name that stands for something else; choose another
                          - consumer 'empty' has no owner; say whose it is with changeover.consumers.empty.owner
                          - consumer 'empty' reads no view; name those that it reads with changeover.consumers.empty.views
                          - consumer 'empty' has freshness PT0S, which must be greater than zero; correct it or leave it out
                          - consumer 'empty' has a token hash of 3 characters, which must be the 64 hexadecimal digits of a SHA-256; make a token and its hash with 'changeover consumers token empty'
                          - consumer 'far' reads view 'order-bord', which is not declared; the declared views are: order-board
                          - consumer 'far' reads 'order-board@7', which is not declared; the versions of view 'order-board' are: 1
                          - consumer 'far' reads 'order-board@x', which is not declared; the versions of view 'order-board' are: 1
                          - consumers 'one' and 'two' have the same token hash, so one could not be told from the other; make a token for each with 'changeover consumers token NAME'"""
                                .formatted("a".repeat(61)));
    }

    @Test
    void a_read_is_declared_by_view_or_by_version_and_by_the_version_of_the_api_where_that_is_named() {
        ConsumerCatalogue catalogue = ConsumerCatalogue.of(
                List.of(
                        consumer("shop", List.of("order-board"), List.of("2"), ""),
                        consumer("tax", List.of("order-board@1"), List.of(), "")),
                VERSIONS);
        assertThat(catalogue.declares("shop", "order-board", 9, "2")).isTrue();
        assertThat(catalogue.declares("shop", "order-board", 1, "")).isTrue();
        assertThat(catalogue.declares("shop", "order-board", 1, "1")).isFalse();
        assertThat(catalogue.declares("shop", "account", 1, "")).isFalse();
        assertThat(catalogue.declares("tax", "order-board", 1, "7")).isTrue();
        assertThat(catalogue.declares("tax", "order-board", 2, "")).isFalse();
        assertThat(catalogue.declares("nobody", "order-board", 1, "")).isFalse();
    }

    @Test
    void a_consumer_authenticates_by_its_own_token_alone() {
        ConsumerToken token = ConsumerToken.fresh(new Random(1));
        ConsumerToken other = ConsumerToken.fresh(new Random(2));
        ConsumerCatalogue catalogue = ConsumerCatalogue.of(
                List.of(
                        consumer("shop", List.of("order-board"), List.of(), token.hash()),
                        consumer("tax", List.of("order-board"), List.of(), "")),
                VERSIONS);
        assertThat(catalogue.authenticate(token)).map(Consumer::name).contains("shop");
        assertThat(catalogue.authenticate(other)).isEmpty();
        assertThat(catalogue.authenticate(new ConsumerToken(""))).isEmpty();
        assertThat(catalogue.all().toString()).doesNotContain(token.hash());
        assertThat(token.toString()).doesNotContain(token.value());
    }

    @Test
    void there_are_never_more_names_than_can_be_counted() {
        ConsumerCatalogue catalogue =
                ConsumerCatalogue.of(List.of(consumer("shop", List.of("order-board"), List.of(), "")), VERSIONS);
        BoundedConsumerNames names = new BoundedConsumerNames(catalogue);
        assertThat(names.of(null)).isEqualTo("anonymous");
        assertThat(names.of("x".repeat(101))).isEqualTo("others");
        assertThat(names.of("line\nbreak")).isEqualTo("others");
        for (int i = 0; i < BoundedConsumerNames.MAX_NAMES; i++) {
            assertThat(names.of("person " + i)).isEqualTo("person " + i);
        }
        assertThat(names.of("one more")).isEqualTo("others");
        assertThat(names.of("person 0")).isEqualTo("person 0");
        assertThat(names.of("shop")).isEqualTo("shop");
    }
}
