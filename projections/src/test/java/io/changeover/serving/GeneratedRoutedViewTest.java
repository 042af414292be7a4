package io.changeover.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.ChangeoverState.Attempt;
import io.changeover.changeover.Phase;
import io.changeover.view.RoutingKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** At 0 % a call is plain, and at 100 % it is one that is guarded: its arguments and its answer are boxed on the way. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GeneratedRoutedViewTest {

    private static final String VIEW = "order-board";

    private final Router router = new Router();

    private <T> T routed(Class<T> type, T old, T moved) {
        return RoutedView.of(VIEW, type, router, Map.of(1, old, 2, moved));
    }

    private void at(int percent) {
        Phase phase = percent == 100 ? Phase.SERVING : percent == 0 ? Phase.SHADOWING : Phase.SHIFTING;
        router.apply(
                new ChangeoverState(VIEW, 1, new Attempt("c1", 1, 2, phase, percent, null, null, Instant.EPOCH)), 7);
    }

    private static int versionAt(int percent) {
        return percent == 0 ? 1 : 2;
    }

    interface Primitives {

        boolean flag(boolean value);

        byte octet(byte value);

        short small(short value);

        char letter(char value);

        int number(int value);

        long large(long value);

        float single(float value);

        double twice(double value);
    }

    /** Answers what it was given, the next one for version 2. */
    private record PrimitiveReads(int version) implements Primitives {

        @Override
        public boolean flag(boolean value) {
            return version == 2 ^ value;
        }

        @Override
        public byte octet(byte value) {
            return (byte) (value + version);
        }

        @Override
        public short small(short value) {
            return (short) (value + version);
        }

        @Override
        public char letter(char value) {
            return (char) (value + version);
        }

        @Override
        public int number(int value) {
            return value + version;
        }

        @Override
        public long large(long value) {
            return value + version;
        }

        @Override
        public float single(float value) {
            return value + version;
        }

        @Override
        public double twice(double value) {
            return value + version;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void every_primitive_type_goes_in_and_comes_out(int percent) {
        at(percent);
        int version = versionAt(percent);
        Primitives view = routed(Primitives.class, new PrimitiveReads(1), new PrimitiveReads(2));

        assertThat(view.flag(true)).isEqualTo(version == 1);
        assertThat(view.flag(false)).isEqualTo(version == 2);
        assertThat(view.octet(Byte.MIN_VALUE)).isEqualTo((byte) (Byte.MIN_VALUE + version));
        assertThat(view.small(Short.MIN_VALUE)).isEqualTo((short) (Short.MIN_VALUE + version));
        assertThat(view.letter('a')).isEqualTo((char) ('a' + version));
        assertThat(view.number(Integer.MIN_VALUE)).isEqualTo(Integer.MIN_VALUE + version);
        assertThat(view.large(Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE + version);
        assertThat(view.single(0.25f)).isEqualTo(0.25f + version);
        assertThat(view.twice(0.1)).isEqualTo(0.1 + version);
    }

    interface Wide {

        String text(long first, int second, double third, String fourth, long fifth, boolean sixth, float seventh);

        void note(double first, List<String> notes, long second);

        int keyed(long first, double second, @RoutingKey long key, String last);

        void nothing();
    }

    private record WideReads(int version) implements Wide {

        @Override
        public String text(
                long first, int second, double third, String fourth, long fifth, boolean sixth, float seventh) {
            return version + ": " + first + ", " + second + ", " + third + ", " + fourth + ", " + fifth + ", " + sixth
                    + ", " + seventh;
        }

        @Override
        public void note(double first, List<String> notes, long second) {
            notes.add(version + ": " + first + ", " + second);
        }

        @Override
        public int keyed(long first, double second, long key, String last) {
            return version;
        }

        @Override
        public void nothing() {
            throw new IllegalArgumentException("nothing of version " + version);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void long_and_double_take_two_slots_each_among_others(int percent) {
        at(percent);
        Wide view = routed(Wide.class, new WideReads(1), new WideReads(2));

        assertThat(view.text(1L << 40, 2, 0.3, "four", -5, true, 7f))
                .isEqualTo(versionAt(percent) + ": 1099511627776, 2, 0.3, four, -5, true, 7.0");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void a_method_without_an_answer_is_called_and_may_fail(int percent) {
        at(percent);
        Wide view = routed(Wide.class, new WideReads(1), new WideReads(2));
        List<String> notes = new ArrayList<>();

        view.note(0.5, notes, 6);

        assertThat(notes).containsExactly(versionAt(percent) + ": 0.5, 6");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(view::nothing)
                .withMessage("nothing of version " + versionAt(percent));
    }

    @Test
    void a_routing_key_may_be_a_primitive_between_wide_parameters() {
        at(50);
        Wide view = routed(Wide.class, new WideReads(1), new WideReads(2));

        for (long key = 0; key < 200; key++) {
            int expected = Cohort.served(Cohort.of(VIEW, Long.toString(key)), 50) ? 2 : 1;
            assertThat(view.keyed(-1, 0.5, key, "last")).isEqualTo(expected);
        }
    }

    interface Source<K, V extends Comparable<V>> {

        Optional<V> byKey(K key);

        V least(List<? extends V> values);
    }

    /** Has what it inherits, and the same again with the types in place. */
    interface Named extends Source<Integer, String> {

        @Override
        Optional<String> byKey(Integer key);
    }

    private record NamedReads(int version) implements Named {

        @Override
        public Optional<String> byKey(Integer key) {
            return key < 0 ? Optional.empty() : Optional.of(version + ":" + key);
        }

        @Override
        public String least(List<? extends String> values) {
            return version + ":" + values.stream().sorted().findFirst().orElseThrow();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void a_generic_interface_is_routed_through_what_it_inherits_too(int percent) {
        at(percent);
        int version = versionAt(percent);
        Named view = routed(Named.class, new NamedReads(1), new NamedReads(2));
        Source<Integer, String> general = view;

        assertThat(view.byKey(4)).contains(version + ":4");
        assertThat(view.byKey(-4)).isEmpty();
        assertThat(general.byKey(5)).contains(version + ":5");
        assertThat(general.least(List.of("b", "a"))).isEqualTo(version + ":a");
    }

    interface Sized {

        int size();

        default boolean isEmpty() {
            return size() == 0;
        }
    }

    interface Counted {

        int size();
    }

    /** Inherits one method twice and overrides a default. */
    interface Both extends Sized, Counted {

        default String described() {
            return (isEmpty() ? "empty" : "of " + size()) + " by " + own();
        }

        private String own() {
            return "default";
        }

        static String made() {
            return "static";
        }

        @Nullable
        String maybe(@Nullable String value);
    }

    private record OldReads() implements Both {

        @Override
        public int size() {
            return 0;
        }

        @Override
        public @Nullable String maybe(@Nullable String value) {
            return value;
        }
    }

    private record MovedReads() implements Both {

        @Override
        public int size() {
            return 3;
        }

        @Override
        public String described() {
            return "overridden";
        }

        @Override
        public @Nullable String maybe(@Nullable String value) {
            return value;
        }
    }

    @Test
    void a_default_method_is_that_of_the_version_unless_it_has_its_own() {
        Both view = routed(Both.class, new OldReads(), new MovedReads());

        at(0);
        assertThat(view.described()).isEqualTo("empty by default");
        assertThat(view.isEmpty()).isTrue();

        at(100);
        assertThat(view.described()).isEqualTo("overridden");
        assertThat(view.isEmpty()).isFalse();
        assertThat(Both.made()).isEqualTo("static");
    }

    @Test
    void a_default_method_is_one_call_whatever_it_calls_itself() {
        at(0);
        routed(Both.class, new OldReads(), new MovedReads()).described();

        assertThat(router.tallies()).singleElement().satisfies(tally -> assertThat(tally.calls())
                .isEqualTo(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void a_method_that_is_inherited_twice_is_one(int percent) {
        at(percent);
        Both view = routed(Both.class, new OldReads(), new MovedReads());

        assertThat(((Sized) view).size()).isEqualTo(((Counted) view).size()).isEqualTo(percent == 0 ? 0 : 3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void null_goes_in_and_comes_out(int percent) {
        at(percent);

        assertThat(routed(Both.class, new OldReads(), new MovedReads()).maybe(null))
                .isNull();
    }

    interface Arrays {

        String joined(String separator, Object... parts);

        long[] lengths(String[]... rows);
    }

    private record ArrayReads(int version) implements Arrays {

        @Override
        public String joined(String separator, Object... parts) {
            return version + ":"
                    + String.join(
                            separator,
                            List.of(parts).stream().map(String::valueOf).toList());
        }

        @Override
        public long[] lengths(String[]... rows) {
            return List.of(rows).stream().mapToLong(row -> row.length + version).toArray();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void variable_arguments_and_arrays_arrive_as_they_were_given(int percent) {
        at(percent);
        int version = versionAt(percent);
        Arrays view = routed(Arrays.class, new ArrayReads(1), new ArrayReads(2));

        assertThat(view.joined("-", 1, "two", 3L)).isEqualTo(version + ":1-two-3");
        assertThat(view.joined("-")).isEqualTo(version + ":");
        assertThat(view.lengths(new String[] {"a", "b"}, new String[0])).containsExactly(2 + version, version);
    }

    static final class Refused extends Exception {

        private static final long serialVersionUID = 1;

        Refused(String message) {
            super(message);
        }
    }

    interface Failing {

        long size(String path) throws IOException, Refused;
    }

    private record FailingReads(int version) implements Failing {

        @Override
        public long size(String path) throws IOException, Refused {
            switch (path) {
                case "missing" -> throw new IOException("missing in version " + version);
                case "refused" -> throw new Refused("refused by version " + version);
                case "broken" -> throw new AssertionError("broken in version " + version);
                default -> {
                    return version;
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void checked_exceptions_and_errors_are_neither_wrapped_nor_replaced(int percent) throws Exception {
        at(percent);
        int version = versionAt(percent);
        Failing view = routed(Failing.class, new FailingReads(1), new FailingReads(2));

        assertThat(view.size("there")).isEqualTo(version);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> view.size("missing"))
                .withMessage("missing in version " + version)
                .withNoCause();
        assertThatExceptionOfType(Refused.class)
                .isThrownBy(() -> view.size("refused"))
                .withMessage("refused by version " + version);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> view.size("broken"))
                .withMessage("broken in version " + version);
    }

    record Hidden(String text) {}

    interface HiddenTypes {

        Hidden turned(Hidden value, Hidden[] more);
    }

    private record HiddenReads(int version) implements HiddenTypes {

        @Override
        public Hidden turned(Hidden value, Hidden[] more) {
            return new Hidden(value.text() + version + more.length);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void types_of_parameters_and_answers_may_be_hidden_in_the_package(int percent) {
        at(percent);

        assertThat(routed(HiddenTypes.class, new HiddenReads(1), new HiddenReads(2))
                        .turned(new Hidden("v"), new Hidden[1]))
                .isEqualTo(new Hidden("v" + versionAt(percent) + "1"));
    }

    interface LikeAnObject {

        @Override
        boolean equals(@Nullable Object other);

        @Override
        int hashCode();

        @Override
        String toString();

        int version();
    }

    private record ObjectReads(int version) implements LikeAnObject {}

    @Test
    void methods_of_every_object_are_not_routed_even_where_the_interface_names_them() {
        at(0);
        LikeAnObject view = routed(LikeAnObject.class, new ObjectReads(1), new ObjectReads(2));

        assertThat(view.version()).isEqualTo(1);
        assertThat(view).hasToString("router of view order-board").isEqualTo(view);
        assertThat(view.hashCode()).isEqualTo(System.identityHashCode(view));
    }

    @Test
    void two_views_may_have_one_interface() {
        router.apply(new ChangeoverState("east", 1, null));
        router.apply(new ChangeoverState("west", 2, null));
        Map<Integer, Object> reads = Map.of(1, new FailingReads(1), 2, new FailingReads(2));
        Failing east = RoutedView.of("east", Failing.class, router, reads);
        Failing west = RoutedView.of("west", Failing.class, router, reads);

        assertThat(List.of(east, west)).extracting(view -> view.size("there")).containsExactly(1L, 2L);
        assertThat(List.of(east, west))
                .extracting(Object::toString)
                .containsExactly("router of view east", "router of view west");
    }

    /** Loaded once more by {@link Elsewhere}. */
    public interface Far {

        long version(FarKey key);
    }

    /** Belongs to {@link Far}. */
    public record FarKey(String text) {}

    /** Belongs to {@link Far}. */
    public record FarReads(long version) implements Far {

        @Override
        public long version(FarKey key) {
            return version + key.text().length();
        }
    }

    /** A loader that has its own classes of those names, as the one of a domain's jar has. */
    private static final class Elsewhere extends ClassLoader {

        Elsewhere() {
            super(GeneratedRoutedViewTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(GeneratedRoutedViewTest.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (InputStream bytes =
                    Objects.requireNonNull(getParent().getResourceAsStream(name.replace('.', '/') + ".class"))) {
                byte[] read = bytes.readAllBytes();
                return defineClass(name, read, 0, read.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Class<?> its(Class<?> type) throws ClassNotFoundException {
            return loadClass(type.getName());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    void an_interface_may_come_from_another_class_loader(int percent) throws Exception {
        at(percent);
        Elsewhere elsewhere = new Elsewhere();
        Class<?> type = elsewhere.its(Far.class);
        Constructor<?> reads = elsewhere.its(FarReads.class).getConstructor(long.class);
        Object key = elsewhere.its(FarKey.class).getConstructor(String.class).newInstance("abc");
        Method version = type.getMethod("version", key.getClass());

        Object view = RoutedView.of(VIEW, type, router, Map.of(1, reads.newInstance(10), 2, reads.newInstance(20)));

        assertThat(type).isNotEqualTo(Far.class);
        assertThat(view.getClass().getClassLoader()).isSameAs(elsewhere);
        assertThat(version.invoke(view, key)).isEqualTo(10L * versionAt(percent) + 3);
    }

    @Test
    void an_interface_of_a_closed_module_is_refused() {
        assertThatIllegalStateException()
                .isThrownBy(() -> RoutedView.of(VIEW, Supplier.class, router, Map.of()))
                .withMessage(
                        "Interface 'java.util.function.Supplier' cannot be routed: no class can be made beside it; where it lies in a module, open its package to io.changeover");
    }
}
