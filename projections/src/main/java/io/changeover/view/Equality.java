package io.changeover.view;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When two canonical records of a view are equal: field by field, by the rules that the record's components declare.
 * Immutable and safe for use by several threads.
 */
public final class Equality {

    private final RowShape shape;
    private final List<FieldRule> rules;

    private Equality(RowShape shape, List<FieldRule> rules) {
        this.shape = shape;
        this.rules = List.copyOf(rules);
    }

    /** The rules of the record's components; adds to the problems what cannot be. */
    static Equality of(RowShape shape, List<String> problems) {
        List<FieldRule> rules = new ArrayList<>();
        for (int i = 0; i < shape.columns().size(); i++) {
            rules.add(FieldRule.of(
                    shape.type().getRecordComponents()[i], shape.columns().get(i), problems));
        }
        return new Equality(shape, rules);
    }

    /** Indexes of the fields that differ, in the order of the record; empty when the records are equal. */
    public List<Integer> differing(Object left, Object right) {
        List<Integer> differing = List.of();
        for (int i = 0; i < rules.size(); i++) {
            if (!rules.get(i).same(shape.value(left, i), shape.value(right, i))) {
                if (differing.isEmpty()) {
                    differing = new ArrayList<>(2);
                }
                differing.add(i);
            }
        }
        return differing;
    }

    /** Whether two values mean the same without any rule: numbers by value, everything that holds values by content. */
    public static boolean sameValue(@Nullable Object left, @Nullable Object right) {
        return Values.equal(left, right);
    }

    /** Whether the field at the index counts at all. */
    public boolean compares(int index) {
        return rules.get(index).compares();
    }

    /** The tolerance of the field at the index in SQL over two expressions, or null where there is none to be told so. */
    public @Nullable String closeInSql(int index, String left, String right) {
        return rules.get(index).closeInSql(left, right);
    }

    /** Every rule that takes values for equal which are not the same, as sentences; empty where there is none. */
    public List<String> rules() {
        return rules.stream().flatMap(rule -> rule.words().stream()).toList();
    }
}
