package io.changeover.benchmark.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * A flight recording of some work and what it says: how often each thread was seen at work, and in which innermost
 * method of this project and in which method at all. Beside the recording it leaves the stacks folded, one a line with
 * how often it was seen, and drawn as a flame graph.
 */
public final class Profile {

    /** What the names of this project's methods begin with. */
    static final String OWN = "changeover ";

    private static final String HOUSE = "io.changeover.";
    private static final Duration INTERVAL = Duration.ofMillis(10);
    private static final int TOP = 25;
    private static final String SELF = "(no class of this project)";

    private final Map<String, Integer> threads = new HashMap<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, Integer> methods = new HashMap<>();
    private final Map<String, Integer> stacks = new TreeMap<>();
    private int samples;

    private Profile() {}

    /** Records the work into the file and reports what was seen. */
    public static <T> T of(Path file, Report report, Supplier<T> work) {
        try (Recording recording = new Recording(Configuration.getConfiguration("profile"))) {
            recording.enable("jdk.ExecutionSample").withPeriod(INTERVAL);
            recording.enable("jdk.NativeMethodSample").withPeriod(INTERVAL);
            recording.start();
            T result = work.get();
            recording.stop();
            recording.dump(file);
            Profile profile = new Profile();
            profile.read(file);
            profile.print(file, report);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ParseException e) {
            throw new IllegalStateException("the JDK's own configuration 'profile' cannot be read", e);
        }
    }

    private void read(Path file) throws IOException {
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                String type = event.getEventType().getName();
                boolean sample = type.equals("jdk.ExecutionSample") || type.equals("jdk.NativeMethodSample");
                if (sample && event.getStackTrace() != null && event.getThread("sampledThread") != null) {
                    add(
                            thread(event.getThread("sampledThread").getJavaName()),
                            event.getStackTrace().getFrames());
                }
            }
        }
    }

    /** Threads of one pool count as one. */
    private static String thread(String name) {
        return name == null ? "(the virtual machine)" : name.replaceAll("[0-9]+", "N");
    }

    private void add(String thread, List<RecordedFrame> frames) {
        List<String> names = new ArrayList<>();
        String place = SELF;
        for (RecordedFrame frame : frames) {
            String name = name(frame);
            names.add(name);
            if (place.equals(SELF) && name.startsWith(OWN)) {
                place = name;
            }
        }
        if (place.equals(SELF) && thread.startsWith("HikariPool")) {
            return; // housekeeping of the pool, which waits
        }
        samples++;
        threads.merge(thread, 1, Integer::sum);
        places.merge(place, 1, Integer::sum);
        methods.merge(names.get(0), 1, Integer::sum);
        names.add(thread);
        names.add(thread);
        Collections.reverse(names);
        stacks.merge(String.join(";", names), 1, Integer::sum);
    }

    /** Class and method; of this project with the package, and of a class that was made as it ran without its number. */
    private static String name(RecordedFrame frame) {
        String owner = frame.getMethod().getType().getName();
        String type = owner.startsWith(HOUSE)
                ? OWN + owner.substring(HOUSE.length())
                : owner.substring(owner.lastIndexOf('.') + 1);
        return type.replaceAll("\\$\\$Lambda.*|[+/]0x.*", "(made)") + "."
                + frame.getMethod().getName();
    }

    private void print(Path file, Report report) throws IOException {
        Path folded = file.resolveSibling(file.getFileName() + ".folded");
        Files.write(
                folded,
                stacks.entrySet().stream()
                        .map(stack -> stack.getKey() + " " + stack.getValue())
                        .toList());
        FlameGraph graph = new FlameGraph();
        stacks.forEach((stack, count) -> graph.add(List.of(stack.split(";")), count));
        Path picture = file.resolveSibling(file.getFileName() + ".svg");
        graph.write(picture);
        report.line(
                "Flight recording %s, its stacks folded in %s and drawn in %s; %,d samples",
                file, folded, picture, samples);
        print("by thread", threads, report);
        print("by the innermost method of this project", places, report);
        print("by method", methods, report);
    }

    private void print(String title, Map<String, Integer> counts, Report report) {
        report.line("  %s", title);
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(TOP)
                .forEach(each -> report.line("  %5.1f %%  %s", 100.0 * each.getValue() / samples, each.getKey()));
    }
}
