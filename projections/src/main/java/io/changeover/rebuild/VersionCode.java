package io.changeover.rebuild;

import io.changeover.catalog.EventDomains;
import io.changeover.event.EventType;
import io.changeover.upcast.EventReader;
import io.changeover.upcast.EventSteps;
import io.changeover.view.Canonical;
import io.changeover.view.Column;
import io.changeover.view.Fold;
import io.changeover.view.FoldedVersion;
import io.changeover.view.RowShape;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The code by which the rows of a version are made, in parts that can change one by one.
 *
 * @param rows hash of the rows' columns
 * @param canonical hash of the way to the canonical record; no row depends on it
 * @param events for each event that a fold handles, what is done with it
 */
record VersionCode(String rows, String canonical, SortedMap<String, Event> events) {

    /**
     * @param fold hash of all that decides what the event does to a row
     * @param outside what these ask that is not code; if there is any, equal hashes prove nothing
     * @param homes how its homes are found
     */
    record Event(String fold, Set<String> outside, HomeReading homes) {}

    /** Reads the code of the version as this process has it. */
    static VersionCode of(FoldedVersion version, EventDomains domains, EventSteps steps, EventReader reader) {
        Class<?> declaration = version.declaration();
        ClassFiles files = new ClassFiles(declaration);
        ReadingCode readings = new ReadingCode(domains, steps);
        List<Method> folds = methods(declaration, Fold.class);
        SortedMap<String, Event> events = new TreeMap<>();
        for (String name : version.eventNames()) {
            List<Method> ofEvent = folds.stream()
                    .filter(fold -> eventNameOf(fold).equals(name))
                    .toList();
            events.put(name, event(version, files, name, ofEvent, readings, steps, reader));
        }
        return new VersionCode(
                Hash.of(columns(version.rows())),
                Hash.of(columns(version.canonical().shape())
                        + reachable(files, declaration, methods(declaration, Canonical.class))
                                .hash()),
                events);
    }

    private static Event event(
            FoldedVersion version,
            ClassFiles files,
            String name,
            List<Method> folds,
            ReadingCode readings,
            EventSteps steps,
            EventReader reader) {
        ReachableCode fold = reachable(files, version.declaration(), folds);
        Class<?> eventClass = eventClassOf(folds.get(0));
        ReachableCode eventCode = ReachableCode.of(files, eventClass);
        Set<String> outside = new TreeSet<>(fold.outside());
        String reading = readings.of(reader.storedNamesOf(Set.of(name)), outside);
        SortedMap<String, String> fields = new TreeMap<>();
        Set<String> homeFields = folds.stream()
                .map(each -> homeField(each, version.rows()))
                .collect(Collectors.toCollection(TreeSet::new));
        String homeField = homeFields.iterator().next();
        steps.fieldOrigins(name, homeField)
                .forEach((revision, field) -> fields.put(
                        HomeReading.written(revision.name(), revision.revision()),
                        homeFields.size() == 1 ? field.orElse(HomeReading.UNTOLD) : HomeReading.UNTOLD));
        HomeReading homes = new HomeReading(
                Hash.of(homeFields
                        + files.code(ClassFiles.nameOf(eventClass))
                                .map(code -> key(code, homeField, eventCode))
                                .orElse("")),
                Hash.of(reading + eventCode.hash()),
                fields);
        return new Event(Hash.of(fold.hash() + reading), outside, homes);
    }

    /** What reads the home from an event of the class. In a plain record it is its component and nothing else. */
    private static String key(ClassCode event, String field, ReachableCode whole) {
        String component = event.header()
                .lines()
                .filter(line -> line.startsWith("component " + field + " ") || line.startsWith(field + " "))
                .collect(Collectors.joining("\n"));
        boolean plain = event.plainRecord()
                && event.annotations().stream().noneMatch(annotation -> annotation.contains("jackson"))
                && isPlainAccessor(event, field, component);
        return plain ? component : whole.hash();
    }

    private static boolean isPlainAccessor(ClassCode event, String field, String component) {
        String descriptor = component.lines().findFirst().orElse("").split(" ", -1)[2];
        List<String> lines = event.text(field + " ()" + descriptor)
                .lines()
                .filter(line -> !line.startsWith("@"))
                .toList();
        Type type = Type.getType(descriptor);
        return lines.size() == 4
                && lines.subList(1, 4)
                        .equals(List.of(
                                "25 0",
                                "180 %s %s %s".formatted(event.name(), field, descriptor),
                                Integer.toString(type.getOpcode(Opcodes.IRETURN))));
    }

    private static String homeField(Method fold, RowShape rows) {
        String[] declared =
                Objects.requireNonNull(fold.getAnnotation(Fold.class)).key();
        return declared.length > 0 ? declared[0] : rows.keys().get(0).component();
    }

    private static ReachableCode reachable(ClassFiles files, Class<?> declaration, List<Method> methods) {
        return ReachableCode.of(
                files,
                declaration,
                methods.stream()
                        .map(method -> method.getName() + " " + Type.getMethodDescriptor(method))
                        .toList());
    }

    private static List<Method> methods(Class<?> declaration, Class<? extends Annotation> annotation) {
        return Arrays.stream(declaration.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(annotation))
                .toList();
    }

    private static Class<?> eventClassOf(Method fold) {
        return Arrays.stream(fold.getParameterTypes())
                .filter(type -> type.isAnnotationPresent(EventType.class))
                .findFirst()
                .orElseThrow();
    }

    private static String eventNameOf(Method fold) {
        return Objects.requireNonNull(eventClassOf(fold).getAnnotation(EventType.class))
                .name();
    }

    private static String columns(RowShape shape) {
        return shape.columns().stream().map(Column::toString).collect(Collectors.joining("\n"));
    }

    /** The parts under the names under which they are kept. */
    Map<String, String> parts() {
        Map<String, String> parts = new TreeMap<>(Map.of("rows", rows, "canonical", canonical));
        events.forEach((name, event) -> {
            parts.put(FoldFingerprints.FOLD + name, event.fold());
            parts.put(FoldFingerprints.HOME + name, event.homes().written());
        });
        return parts;
    }
}
