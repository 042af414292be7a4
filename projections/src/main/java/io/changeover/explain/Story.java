package io.changeover.explain;

import io.changeover.explain.FoldedSide.Step;
import io.changeover.projection.ReadEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of one row as they come, of which only so many are kept, and where its canonical forms part and meet. */
final class Story {

    /** An event with what it did on each side; null where a side is not folded. */
    record Told(
            ReadEvent event,
            @Nullable Step left,
            @Nullable Step right,
            Difference difference,
            boolean parts,
            boolean meets) {}

    /** An event at which forms part, how they differ after it, and after which event they are equal again. */
    record Parting(ReadEvent event, Difference difference, @Nullable Long until) {}

    private static final int AROUND = 2;

    private final int most;
    private final int rememberedPartings;
    private final boolean fixedSide;
    private final List<Told> told = new ArrayList<>();
    private final List<Parting> firstPartings = new ArrayList<>();
    private final Deque<Parting> lastPartings = new ArrayDeque<>();
    private final Map<String, ReadEvent> since = new LinkedHashMap<>();
    private @Nullable Parting open;
    private Difference last = Difference.NONE;
    private long partings;
    private long ahead;
    private long total;

    /**
     * @param most events to keep
     * @param fixedSide whether one side is the same throughout, because only its stored row is known
     */
    Story(int most, boolean fixedSide) {
        this.most = most;
        this.rememberedPartings = Math.max(1, most / 100);
        this.fixedSide = fixedSide;
    }

    /**
     * Takes the next event.
     *
     * @param now how the forms differ after it, or null where one side has not come to it
     */
    void add(ReadEvent event, @Nullable Step left, @Nullable Step right, @Nullable Difference now) {
        total++;
        boolean parts = false;
        boolean meets = false;
        if (now != null) {
            parts = last.isNone() && !now.isNone();
            meets = !last.isNone() && now.isNone();
            if (parts) {
                open = new Parting(event, now, null);
            } else if (meets && open != null) {
                close(new Parting(
                        open.event(), open.difference(), event.stored().position()));
            }
            follow(event, now);
            last = now;
        } else {
            ahead++;
        }
        told.add(new Told(event, left, right, now == null ? Difference.NONE : now, parts, meets));
        if (told.size() > 2 * most) {
            prune();
        }
    }

    private void close(Parting parting) {
        open = null;
        partings++;
        if (firstPartings.size() < rememberedPartings) {
            firstPartings.add(parting);
            return;
        }
        lastPartings.add(parting);
        if (lastPartings.size() > rememberedPartings) {
            lastPartings.remove();
        }
    }

    /** Remembers since when each field differs; a row that is on one side only counts as a field of its own. */
    private void follow(ReadEvent event, Difference now) {
        List<String> differing = fieldsOf(now);
        since.keySet().retainAll(differing);
        differing.forEach(field -> since.putIfAbsent(field, event));
    }

    private static List<String> fieldsOf(Difference difference) {
        return difference.isNone() || !difference.fields().isEmpty() ? difference.fields() : List.of("");
    }

    /** Keeps the first and the last events and those around partings that are remembered. */
    private void prune() {
        boolean[] keep = new boolean[told.size()];
        int ends = most / 4;
        for (int i = 0; i < told.size(); i++) {
            if (i < ends || i >= told.size() - ends) {
                keep[i] = true;
            } else if (isRemembered(told.get(i))) {
                for (int near = Math.max(0, i - AROUND); near <= Math.min(told.size() - 1, i + AROUND); near++) {
                    keep[near] = true;
                }
            }
        }
        List<Told> kept = new ArrayList<>();
        for (int i = 0; i < keep.length; i++) {
            if (keep[i]) {
                kept.add(told.get(i));
            }
        }
        told.clear();
        told.addAll(kept);
    }

    private boolean isRemembered(Told event) {
        long position = event.event().stored().position();
        Parting now = open;
        return (now != null && now.event().stored().position() == position)
                || since.values().stream().anyMatch(field -> field.stored().position() == position)
                || firstPartings.stream().anyMatch(parting -> is(parting, position))
                || lastPartings.stream().anyMatch(parting -> is(parting, position));
    }

    private static boolean is(Parting parting, long position) {
        return parting.event().stored().position() == position
                || (parting.until() != null && parting.until() == position);
    }

    /** The events that are kept, at most as many as were wished for. */
    List<Told> told() {
        if (told.size() > most) {
            prune();
        }
        List<Told> kept = told.size() <= most ? List.copyOf(told) : shortened();
        return fixedSide ? kept.stream().map(this::markedByTheEnd).toList() : kept;
    }

    /** Beside a side that stays the same, every row parts at its first event; marked is the one that tells something. */
    private Told markedByTheEnd(Told event) {
        Parting parting = parting();
        return new Told(
                event.event(),
                event.left(),
                event.right(),
                event.difference(),
                parting != null && is(parting, event.event().stored().position()),
                false);
    }

    /** Where many events are remembered: the first half and the last half of what is kept. */
    private List<Told> shortened() {
        List<Told> both = new ArrayList<>(told.subList(0, most / 2));
        both.addAll(told.subList(told.size() - (most - most / 2), told.size()));
        return both;
    }

    /** How many events there were. */
    long total() {
        return total;
    }

    /** How many of them one side has not come to. */
    long ahead() {
        return ahead;
    }

    /** How the forms differ at the end. */
    Difference atTheEnd() {
        return last;
    }

    /** The event from which on they differ up to the end, or null where they are equal there. */
    @Nullable
    Parting parting() {
        if (!fixedSide || last.isNone()) {
            return open;
        }
        // Before the last event a row differs from what it becomes; what counts is since when it differs as it does
        // now.
        return since.values().stream()
                .reduce((one, other) ->
                        one.stored().position() <= other.stored().position() ? one : other)
                .map(event -> new Parting(event, last, null))
                .orElse(null);
    }

    /** The fields that differ at the end, each with the position of the event since which it does. */
    Map<String, Long> since() {
        Map<String, Long> positions = new LinkedHashMap<>();
        since.forEach((field, event) -> {
            if (!field.isEmpty()) {
                positions.put(field, event.stored().position());
            }
        });
        return positions;
    }

    /** Partings that are over, the first and the last of them. */
    List<Parting> earlier() {
        if (fixedSide) {
            return List.of();
        }
        List<Parting> all = new ArrayList<>(firstPartings);
        all.addAll(lastPartings);
        return all;
    }

    long partings() {
        return fixedSide ? 0 : partings;
    }
}
