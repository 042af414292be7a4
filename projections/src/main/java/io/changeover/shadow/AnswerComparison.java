package io.changeover.shadow;

import io.changeover.shadow.Answer.Form;
import io.changeover.shadow.Answer.Item;
import io.changeover.view.CanonicalForm;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares two answers of one call by the rules of the view's canonical record. */
final class AnswerComparison {

    /** An item among those that have one identity. */
    private record Occurrence(Object identity, int number) {}

    private final CanonicalForm form;

    AnswerComparison(CanonicalForm form) {
        this.form = form;
    }

    /** Compares all of both answers. */
    Comparison of(Answer older, Answer newer) {
        Map<Occurrence, Item> mine = occurrences(older);
        Map<Occurrence, Item> theirs = occurrences(newer);
        Set<String> fields = new TreeSet<>();
        boolean values = false;
        Set<Item> olderShown = new LinkedHashSet<>();
        Set<Item> newerShown = new LinkedHashSet<>();
        List<Item> missing = only(mine, theirs);
        List<Item> extra = only(theirs, mine);
        for (Map.Entry<Occurrence, Item> each : mine.entrySet()) {
            Item other = theirs.get(each.getKey());
            if (other != null) {
                Set<String> differing = differing(each.getValue(), other);
                if (!differing.isEmpty()) {
                    values |= differing.remove(Comparison.VALUE);
                    fields.addAll(differing);
                    olderShown.add(each.getValue());
                    newerShown.add(other);
                }
            }
        }
        olderShown.addAll(missing);
        newerShown.addAll(extra);
        Set<String> kinds = new LinkedHashSet<>();
        boolean anonymous = !(older.keyed() && newer.keyed()) && older.form() != Form.MAP;
        if (anonymous && !missing.isEmpty() && !extra.isEmpty()) {
            values = true; // what has no identity of its own has changed rather than come and gone
        } else {
            if (!missing.isEmpty()) {
                kinds.add(Comparison.MISSING);
            }
            if (!extra.isEmpty()) {
                kinds.add(Comparison.EXTRA);
            }
        }
        if (values) {
            kinds.add(Comparison.VALUE);
        }
        kinds.addAll(fields);
        if (older.form() == Form.LIST && newer.form() == Form.LIST) {
            order(mine, theirs, kinds, olderShown, newerShown);
        }
        return new Comparison(kinds, List.copyOf(olderShown), List.copyOf(newerShown));
    }

    private static List<Item> only(Map<Occurrence, Item> mine, Map<Occurrence, Item> theirs) {
        return mine.entrySet().stream()
                .filter(each -> !theirs.containsKey(each.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static void order(
            Map<Occurrence, Item> mine,
            Map<Occurrence, Item> theirs,
            Set<String> kinds,
            Set<Item> olderShown,
            Set<Item> newerShown) {
        List<Occurrence> here =
                mine.keySet().stream().filter(theirs::containsKey).toList();
        List<Occurrence> there =
                theirs.keySet().stream().filter(mine::containsKey).toList();
        for (int i = 0; i < here.size(); i++) {
            if (!here.get(i).equals(there.get(i))) {
                kinds.add(Comparison.ORDER);
                olderShown.add(Objects.requireNonNull(mine.get(here.get(i))));
                newerShown.add(Objects.requireNonNull(theirs.get(there.get(i))));
            }
        }
    }

    private static Map<Occurrence, Item> occurrences(Answer answer) {
        Map<Object, Integer> seen = new HashMap<>();
        Map<Occurrence, Item> occurrences = new LinkedHashMap<>();
        for (Item item : answer.items()) {
            int number = seen.merge(item.identity(), 1, Integer::sum);
            occurrences.put(new Occurrence(item.identity(), number), item);
        }
        return occurrences;
    }

    /** What differs between two items that belong together. */
    private Set<String> differing(Item older, Item newer) {
        Set<String> kinds = new TreeSet<>();
        Object mine = older.value();
        Object theirs = newer.value();
        if (older.key() != null && newer.key() != null && mine != null && theirs != null) {
            for (int index : form.equality().differing(mine, theirs)) {
                kinds.add(Comparison.FIELD + form.shape().columns().get(index).component());
            }
        } else if (older.key() != null
                || newer.key() != null
                || !older.content().equals(newer.content())) {
            kinds.add(Comparison.VALUE);
        }
        return kinds;
    }

    /** Whether the two say the same. */
    private boolean same(Item older, Item newer) {
        return older.identity().equals(newer.identity())
                && differing(older, newer).isEmpty();
    }

    /**
     * What differs for certain while events of the homes are in flight, whose items may or may not be there and move others
     * in and out of a list that has a limit or begins somewhere. Null where that cannot be told from in-flight events.
     *
     * @param homes homes that events have reached in one version only; at least one
     */
    @Nullable
    Comparison certain(Answer older, Answer newer, Set<String> homes) {
        Answer mine = older.without(homes);
        Answer theirs = newer.without(homes);
        Comparison rest = of(mine, theirs);
        if (rest.same()) {
            return null;
        }
        if (mine.form() != Form.LIST || theirs.form() != Form.LIST) {
            return rest;
        }
        int gone = older.items().size() - mine.items().size();
        int goneThere = newer.items().size() - theirs.items().size();
        if (moved(mine.items(), theirs.items(), gone, goneThere, homes.size())) {
            return null;
        }
        return withoutEnds(rest);
    }

    /** Items that the limit has moved are no finding beside those that nothing explains. */
    private static Comparison withoutEnds(Comparison rest) {
        Set<String> kinds = new LinkedHashSet<>(rest.kinds());
        kinds.remove(Comparison.MISSING);
        kinds.remove(Comparison.EXTRA);
        return kinds.isEmpty() ? rest : new Comparison(kinds, rest.older(), rest.newer());
    }

    /**
     * Whether one list is a window on what the other is a window on, a little further on. A window with a limit is longer at
     * its end by no more than the other has lost to the homes in flight; one that begins somewhere has moved by no more rows
     * than these homes have, which is one each where a home is a row.
     */
    private boolean moved(List<Item> mine, List<Item> theirs, int gone, int goneThere, int homes) {
        if (aligned(mine, 0, theirs, 0) && longer(mine, theirs) <= (mine.size() > theirs.size() ? goneThere : gone)) {
            return true;
        }
        int longest = Math.max(mine.size(), theirs.size());
        int most = form.shape().keys().size() == 1 ? homes : longest;
        int common = common(mine, theirs);
        for (int shift = 1; shift <= Math.min(most, longest); shift++) {
            if (window(mine, shift, theirs, 0, most, common) || window(mine, 0, theirs, shift, most, common)) {
                return true;
            }
        }
        return false;
    }

    private static int common(List<Item> mine, List<Item> theirs) {
        Set<Occurrence> here =
                new HashSet<>(occurrences(new Answer(Form.LIST, mine)).keySet());
        here.retainAll(occurrences(new Answer(Form.LIST, theirs)).keySet());
        return here.size();
    }

    /** What both have must lie where they meet; else it has changed its place, which no window explains. */
    private boolean window(List<Item> mine, int from, List<Item> theirs, int fromThere, int most, int common) {
        int left = mine.size() - from;
        int right = theirs.size() - fromThere;
        return Math.min(left, right) == common
                && Math.abs(left - right) <= most
                && aligned(mine, from, theirs, fromThere);
    }

    private static int longer(List<Item> mine, List<Item> theirs) {
        return Math.abs(mine.size() - theirs.size());
    }

    /** Whether the two are the same from these places on, as far as the shorter one goes. */
    private boolean aligned(List<Item> mine, int from, List<Item> theirs, int fromThere) {
        int common = Math.min(mine.size() - from, theirs.size() - fromThere);
        for (int i = 0; i < common; i++) {
            if (!same(mine.get(from + i), theirs.get(fromThere + i))) {
                return false;
            }
        }
        return true;
    }
}
