package io.changeover.parity;

import io.changeover.event.EventType;
import io.changeover.sensitive.Sensitive;
import io.changeover.view.Canonical;
import io.changeover.view.CanonicalSql;
import io.changeover.view.Fold;
import io.changeover.view.ForeignView;
import io.changeover.view.Key;
import io.changeover.view.Normalisation;
import io.changeover.view.Normalised;
import io.changeover.view.NotCompared;
import io.changeover.view.Tolerance;
import io.changeover.view.Unordered;
import io.changeover.view.View;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;

/** Items with a value for every rule of equality, in versions that are compared in every way. */
final class ItemDomain {

    private ItemDomain() {}

    /** Makes the domain known to a node. */
    @Configuration(proxyBeanMethods = false)
    @AutoConfigurationPackage
    static class Known {}

    @EventType(name = "item.listed")
    record Listed(String id, int part, String name) {}

    record Item(
            @Key String id,
            @Key int part,
            @Normalised({Normalisation.TRIMMED, Normalisation.LOWER_CASE}) String name,
            @Tolerance(absolute = "0.01", reason = "cents were lost in 2003") BigDecimal price,
            @Tolerance(relative = "1e-6") double weight,
            @NotCompared("written by hand") @Nullable String note,
            @Unordered List<String> tags,
            @Sensitive String owner,
            long cents) {}

    record Plain(
            @Key String id,
            @Key int part,
            String name,
            BigDecimal price,
            double weight,
            @Nullable String note,
            List<String> tags,
            String owner,
            long cents) {

        static Plain of(Listed event) {
            return new Plain(event.id(), event.part(), event.name(), BigDecimal.ONE, 1, null, List.of(), "nobody", 100);
        }

        Item item() {
            return new Item(id, part, name, price, weight, note, tags, owner, cents);
        }
    }

    /** The first, with the canonical form in SQL. */
    @View(name = "item", version = 1)
    static class ItemV1 {

        @Fold
        Plain on(@Nullable Plain row, Listed event) {
            return Plain.of(event);
        }

        @Canonical
        @CanonicalSql
        Item item(Plain row) {
            return row.item();
        }
    }

    /** Money in another unit, and SQL that knows it. */
    @View(name = "item", version = 2)
    static class ItemV2 {

        record Row(
                @Key String id,
                @Key int part,
                String name,
                BigDecimal price,
                double weight,
                @Nullable String note,
                List<String> tags,
                String owner,
                BigDecimal dollars) {}

        @Fold
        Row on(@Nullable Row row, Listed event) {
            Plain plain = Plain.of(event);
            return new Row(
                    plain.id(),
                    plain.part(),
                    plain.name(),
                    plain.price(),
                    plain.weight(),
                    null,
                    plain.tags(),
                    plain.owner(),
                    BigDecimal.ONE);
        }

        @Canonical
        @CanonicalSql("cents = case when dollars = round(dollars, 2) then (dollars * 100)::bigint end")
        Item item(Row row) {
            return new Item(
                    row.id(),
                    row.part(),
                    row.name(),
                    row.price(),
                    row.weight(),
                    row.note(),
                    row.tags(),
                    row.owner(),
                    row.dollars().movePointRight(2).longValueExact());
        }
    }

    /** The same without SQL. */
    @View(name = "item", version = 3)
    static class ItemV3 {

        @Fold
        Plain on(@Nullable Plain row, Listed event) {
            return Plain.of(event);
        }

        @Canonical
        Item item(Plain row) {
            return row.item();
        }
    }

    /** SQL that says something else than the method. */
    @View(name = "item", version = 4)
    static class ItemV4 {

        @Fold
        Plain on(@Nullable Plain row, Listed event) {
            return Plain.of(event);
        }

        @Canonical
        @CanonicalSql("cents = cents - cents % 10")
        Item item(Plain row) {
            return row.item();
        }
    }

    /** SQL that the database cannot evaluate on every row. */
    @View(name = "item", version = 5)
    static class ItemV5 {

        @Fold
        Plain on(@Nullable Plain row, Listed event) {
            return Plain.of(event);
        }

        @Canonical
        @CanonicalSql("cents = case when note = 'zero' then cents / 0 else cents end")
        Item item(Plain row) {
            return row.item();
        }
    }

    /** A table in another database, of which it is told how far it is. */
    @ForeignView(
            name = "item",
            version = 6,
            query = "select * from far_item",
            position = "select position from far_position",
            dataSource = "far")
    static class FarItem {

        @Canonical
        @CanonicalSql
        Item item(Plain row) {
            return row.item();
        }
    }

    /** A table of which nobody says how far it is. */
    @ForeignView(name = "item", version = 7, query = "select * from undated_item")
    static class UndatedItem {

        @Canonical
        @CanonicalSql
        Item item(Plain row) {
            return row.item();
        }
    }

    /** A table that hangs when a transaction reads too many rows of it. */
    @ForeignView(
            name = "item",
            version = 8,
            query =
                    """
                    select id, part, patient(name) as name, price, weight, note, tags, owner, cents
                    from views.item_v1""",
            position = "select coalesce(max(global_index), 0) from domain_event_entry")
    static class HangingItem {

        @Canonical
        @CanonicalSql
        Item item(Plain row) {
            return row.item();
        }
    }
}
