package io.changeover.benchmark.parity;

import io.changeover.benchmark.replay.store.Database;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's own log, in which its module auto_explain writes the plan of every statement of a session. The server must
 * have been started with {@link #SETTINGS}.
 */
final class ServerLog {

    /** Settings of a server whose log can be read by SQL. */
    static final Map<String, String> SETTINGS = Map.of("logging_collector", "on", "log_directory", "log");

    private static final Pattern ENTRY = Pattern.compile(".*LOG:\\s+duration: ([0-9.]+) ms\\s+plan:.*");
    private static final int LONGEST = 3;
    private static final int LINES = 70;

    /**
     * A statement and what the server did for it.
     *
     * @param millis how long it took
     * @param lines statement and plan
     */
    record Plan(double millis, List<String> lines) {}

    private final Database store;

    ServerLog(Database store) {
        this.store = store;
    }

    /** Runs work that opens connections of its own to the store, and gives its longest statements with their plans. */
    List<String> plansOf(Runnable work) {
        if (store.texts("select pg_current_logfile() is null").get(0).equals("t")) {
            return List.of("(the server keeps no log that could be read)");
        }
        long before = store.number("select (pg_stat_file(pg_current_logfile())).size");
        store.run(
                "alter database %s set session_preload_libraries = 'auto_explain'".formatted(store.name()),
                "alter database %s set auto_explain.log_min_duration = 0".formatted(store.name()),
                "alter database %s set auto_explain.log_analyze = on".formatted(store.name()),
                "alter database %s set auto_explain.log_buffers = on".formatted(store.name()));
        try {
            work.run();
        } finally {
            store.run("alter database %s reset all".formatted(store.name()));
        }
        String log = store.texts("select pg_read_file(pg_current_logfile(), %d, 100000000)".formatted(before))
                .get(0);
        return longest(plans(log));
    }

    private static List<String> longest(List<Plan> plans) {
        List<String> lines = new ArrayList<>();
        plans.stream()
                .sorted(Comparator.comparingDouble(Plan::millis).reversed())
                .limit(LONGEST)
                .forEach(plan -> {
                    lines.add("%.1f ms:".formatted(plan.millis()));
                    plan.lines().stream().limit(LINES).forEach(lines::add);
                    if (plan.lines().size() > LINES) {
                        lines.add("(%d more lines)".formatted(plan.lines().size() - LINES));
                    }
                });
        return lines;
    }

    /** The plans in a log, in its order; lines that belong to an entry begin with a tab. */
    static List<Plan> plans(String log) {
        List<Plan> plans = new ArrayList<>();
        Plan open = null;
        for (String line : log.split("\n")) {
            Matcher entry = ENTRY.matcher(line);
            if (entry.matches()) {
                open = new Plan(Double.parseDouble(entry.group(1)), new ArrayList<>());
                plans.add(open);
            } else if (line.startsWith("\t") && open != null) {
                open.lines().add(line.substring(1));
            } else {
                open = null;
            }
        }
        return plans;
    }
}
