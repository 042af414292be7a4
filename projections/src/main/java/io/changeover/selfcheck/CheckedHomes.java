package io.changeover.selfcheck;

import io.changeover.event.StoredEvent;
import io.changeover.projection.HistoryPages;
import io.changeover.projection.HomesOfEvent;
import io.changeover.projection.ProjectionStore;
import io.changeover.projection.Projections;
import io.changeover.projection.RowTable;
import io.changeover.stream.HistoryOutline;
import io.changeover.stream.HistoryOutline.Block;
import io.changeover.stream.StoreInventory;
import io.changeover.upcast.EventReader;
import io.changeover.view.FoldedVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Which homes of a version are checked. */
final class CheckedHomes {

    /** Homes that are folded in memory at once. */
    static final int GROUP = 50_000;

    /** Blocks of history from which homes are drawn; each is read whole. */
    private static final int BLOCKS = 50;

    private final Projections projections;
    private final ProjectionStore store;
    private final EventReader reader;
    private final HistoryPages history;
    private final StoreInventory inventory;
    private final FoldedVersion version;

    CheckedHomes(
            Projections projections,
            ProjectionStore store,
            EventReader reader,
            HistoryPages history,
            StoreInventory inventory,
            FoldedVersion version) {
        this.projections = projections;
        this.store = store;
        this.reader = reader;
        this.history = history;
        this.inventory = inventory;
        this.version = version;
    }

    /** Homes drawn from events and from rows, half of them from events, which alone know of rows that are missing. */
    Set<String> drawn(int wanted, long seed) {
        Random random = new Random(seed);
        Set<String> homes = new LinkedHashSet<>();
        drawFromEvents((wanted + 1) / 2, random, homes);
        for (String home : drawFromRows(wanted, random.nextInt(Integer.MAX_VALUE))) {
            if (homes.size() < wanted) {
                homes.add(home);
            }
        }
        return homes;
    }

    private void drawFromEvents(int wanted, Random random, Set<String> homes) {
        long end = projections.positions(version.id()).low();
        Set<String> names = reader.storedNamesOf(version.eventNames());
        inventory.refresh();
        HistoryOutline outline = inventory.outline(0, end, names);
        HomesOfEvent homesOf = projections.homesOf(version.id());
        Map<Block, Integer> blocks = blocks(outline, wanted, random);
        for (Map.Entry<Block, Integer> block : blocks.entrySet()) {
            List<StoredEvent> events = new ArrayList<>();
            history.read(block.getKey().first() - 1, block.getKey().last(), names, events::addAll);
            for (int i = 0; i < block.getValue() && !events.isEmpty(); i++) {
                StoredEvent event = events.remove(random.nextInt(events.size()));
                homesOf.of(event).stream().limit(wanted - homes.size()).forEach(homes::add);
            }
        }
    }

    /** Blocks, each with the number of its events to draw, so that every event of history is as likely. */
    private static Map<Block, Integer> blocks(HistoryOutline outline, int wanted, Random random) {
        long total = outline.events();
        Map<Block, Integer> draws = new HashMap<>();
        if (total == 0) {
            return draws;
        }
        int picks = Math.min(BLOCKS, wanted);
        for (int i = 0; i < picks; i++) {
            long at = (long) (random.nextDouble() * total);
            for (Block block : outline.blocks()) {
                at -= block.events();
                if (at < 0) {
                    draws.merge(block, (wanted + picks - 1) / picks, Integer::sum);
                    break;
                }
            }
        }
        return draws;
    }

    private List<String> drawFromRows(int wanted, int seed) {
        long rows = Math.max(1, projections.rows(version.id()));
        // Half as many again as are wanted, and all where that is most of the table anyway.
        double percent = Math.min(100, 150.0 * wanted / rows + 1);
        return store.jdbc()
                .queryForList(
                        """
                        select home from (
                            select distinct "%s"::text as home from %s tablesample bernoulli (%s) repeatable (%d)) drawn
                        order by md5(home || ?) limit ?"""
                                .formatted(homeColumn(), table(), Double.toString(percent), seed),
                        String.class,
                        Integer.toString(seed),
                        wanted);
    }

    /**
     * Hands over every home that has a row, an event or a dead letter, in groups that fit into memory; each group reads the
     * names of all of them once.
     */
    void all(Consumer<Set<String>> groups) {
        int parts = (int) Math.min(1_000_000, projections.rows(version.id()) / GROUP + 1);
        for (int part = 0; part < parts; part++) {
            int mine = part;
            Set<String> homes = new LinkedHashSet<>();
            collect(home -> Math.floorMod(home.hashCode(), parts) == mine, homes);
            if (!homes.isEmpty()) {
                groups.accept(homes);
            }
        }
    }

    private void collect(Predicate<String> mine, Set<String> homes) {
        HomesOfEvent homesOf = projections.homesOf(version.id());
        history.read(
                0,
                projections.positions(version.id()).high(),
                reader.storedNamesOf(version.eventNames()),
                events -> events.forEach(
                        event -> homesOf.of(event).stream().filter(mine).forEach(homes::add)));
        store.jdbc().query("select distinct \"%s\"::text from %s".formatted(homeColumn(), table()), result -> {
            String home = result.getString(1);
            if (mine.test(home)) {
                homes.add(home);
            }
        });
        projections.waitingHomes(version.id()).stream().filter(mine).forEach(homes::add);
    }

    private String homeColumn() {
        return version.rows().keys().get(0).name();
    }

    private String table() {
        return new RowTable(version, store.json()).name();
    }
}
