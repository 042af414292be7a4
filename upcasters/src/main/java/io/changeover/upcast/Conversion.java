package io.changeover.upcast;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A value in two representations, with the rule for what cannot be converted. JSON null stays null in both directions,
 * as an absent value is no value of any representation. Immutable.
 *
 * <p>Both directions are pure: they neither change the node that they are given nor ask a clock, a source of randomness
 * or anything else outside; the checks of a chain find those that do. They refuse with {@link StepRefusedException} or
 * any other exception whose message says what to do.
 */
public final class Conversion {

    private final String name;
    private final UnaryOperator<JsonNode> up;
    private final UnaryOperator<JsonNode> down;
    private final List<Loss> lossesUp;
    private final List<Loss> lossesDown;
    private final @Nullable Examples older;
    private final @Nullable Examples newer;

    private Conversion(
            String name,
            UnaryOperator<JsonNode> up,
            UnaryOperator<JsonNode> down,
            List<Loss> lossesUp,
            List<Loss> lossesDown,
            @Nullable Examples older,
            @Nullable Examples newer) {
        this.name = name;
        this.up = up;
        this.down = down;
        this.lossesUp = lossesUp;
        this.lossesDown = lossesDown;
        this.older = older;
        this.newer = newer;
    }

    /**
     * A conversion that loses nothing.
     *
     * @param name what it does, such as "text to names"
     * @param up from the older representation to the newer one
     * @param down back again
     */
    public static Conversion of(String name, UnaryOperator<JsonNode> up, UnaryOperator<JsonNode> down) {
        return new Conversion(name, up, down, List.of(), List.of(), null, null);
    }

    /** Declares what the way up loses. */
    public Conversion losingUp(String what) {
        return new Conversion(name, up, down, plus(lossesUp, what), lossesDown, older, newer);
    }

    /** Declares what the way down loses. */
    public Conversion losingDown(String what) {
        return new Conversion(name, up, down, lossesUp, plus(lossesDown, what), older, newer);
    }

    /** Names older values that come back from a way up and down exactly as they were, whatever is declared as lost. */
    public Conversion exactForOlder(Examples examples) {
        return new Conversion(name, up, down, lossesUp, lossesDown, examples, newer);
    }

    /** Names newer values that come back from a way down and up exactly as they were, whatever is declared as lost. */
    public Conversion exactForNewer(Examples examples) {
        return new Conversion(name, up, down, lossesUp, lossesDown, older, examples);
    }

    /** The same conversion in the other direction. */
    public Conversion inverse() {
        return new Conversion("inverse of " + name, down, up, lossesDown, lossesUp, newer, older);
    }

    JsonNode up(JsonNode value) {
        return value.isNull() ? value : up.apply(value);
    }

    JsonNode down(JsonNode value) {
        return value.isNull() ? value : down.apply(value);
    }

    List<Loss> lossesUp() {
        return older == null ? lossesUp : lossesUp.stream().map(Loss::withBound).toList();
    }

    List<Loss> lossesDown() {
        return newer == null
                ? lossesDown
                : lossesDown.stream().map(Loss::withBound).toList();
    }

    @Nullable
    Examples older() {
        return older;
    }

    @Nullable
    Examples newer() {
        return newer;
    }

    private static List<Loss> plus(List<Loss> losses, String what) {
        List<Loss> all = new ArrayList<>(losses);
        all.add(Loss.of(what));
        return List.copyOf(all);
    }

    @Override
    public String toString() {
        return name;
    }
}
