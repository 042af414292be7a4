package io.changeover.benchmark.bench;

import java.lang.management.ManagementFactory;
import java.util.List;

/** Where a run takes place. */
public final class Machine {

    private Machine() {}

    /**
     * Prints what the figures of a run depend on.
     *
     * @param server how the database server describes itself, one thing a line
     * @param options what the run was asked for
     */
    public static void describe(Report report, List<String> server, Object options) {
        report.section("Where and how");
        report.line(
                "%s %s, %d cores, %,d MiB of memory",
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                Runtime.getRuntime().availableProcessors(),
                physicalMemory() >> 20);
        report.line(
                "Java %s (%s), heap up to %,d MiB, arguments %s",
                System.getProperty("java.version"),
                System.getProperty("java.vm.name"),
                Runtime.getRuntime().maxMemory() >> 20,
                ManagementFactory.getRuntimeMXBean().getInputArguments());
        server.forEach(report::text);
        report.line("%s", options);
    }

    private static long physicalMemory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }
}
