package io.changeover.parity;

import io.changeover.view.Column;
import io.changeover.view.RowShape;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Puts masks in place of sensitive values. The same value of the same component has the same mask in one store, so that
 * two sides can be told apart; without the store's secret nothing leads back to the value. Safe for use by several threads.
 */
public final class Masks {

    private static final int BYTES = 4;

    /** No masks, for whoever may see what is sensitive. */
    public static final Masks NONE = new Masks(0, Set.of(), false);

    private final long secret;
    private final Set<String> alsoSensitive;
    private final boolean hiding;

    /** @param secret what {@link io.changeover.stream.StoreSecret} has */
    public Masks(long secret) {
        this(secret, Set.of(), true);
    }

    private Masks(long secret, Set<String> alsoSensitive, boolean hiding) {
        this.secret = secret;
        this.alsoSensitive = alsoSensitive;
        this.hiding = hiding;
    }

    /** Masks that also hide components which have the name of a sensitive one of the other shape; they keep what they hid. */
    public Masks alsoFor(RowShape other) {
        return new Masks(
                secret,
                Stream.concat(
                                alsoSensitive.stream(),
                                other.columns().stream()
                                        .filter(Column::sensitive)
                                        .map(Column::component))
                        .collect(Collectors.toUnmodifiableSet()),
                hiding);
    }

    /** Whether the component's values are masked; a key's never are, as rows are asked for by it. */
    public boolean hides(Column column) {
        return hiding && !column.key() && (column.sensitive() || alsoSensitive.contains(column.component()));
    }

    /** The value itself, or its mask; null stays null. */
    public @Nullable Object shown(Column column, @Nullable Object value) {
        return value == null || !hides(column) ? value : mask(column.component(), value);
    }

    /** The record's components by name, sensitive ones masked. */
    public Map<String, @Nullable Object> shown(RowShape shape, Object record) {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        List<Column> columns = shape.columns();
        for (int i = 0; i < columns.size(); i++) {
            shown.put(columns.get(i).component(), shown(columns.get(i), shape.value(record, i)));
        }
        return shown;
    }

    /** Numbers that are equal have one mask. */
    private static String text(Object value) {
        return value instanceof BigDecimal number
                ? number.stripTrailingZeros().toPlainString()
                : Objects.toString(value);
    }

    /** Whether anything is hidden at all. */
    public boolean isHiding() {
        return hiding;
    }

    /** The mask of a value, such as {@code masked:1f3a77c0}. */
    public String mask(String component, Object value) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(secret).array());
            digest.update((component + '\0' + text(value)).getBytes(StandardCharsets.UTF_8));
            return "masked:" + HexFormat.of().formatHex(Arrays.copyOf(digest.digest(), BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
