package io.changeover.benchmark.replay;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

final class Profile {

    private Profile() {}

    static <T> T of(@Nullable Path file, Report report, Supplier<T> work) {
        return work.get();
    }
}
