package io.changeover.metrics;

import io.changeover.event.EventType;
import io.changeover.view.Canonical;
import io.changeover.view.Fold;
import io.changeover.view.FoldedVersion;
import io.changeover.view.Key;
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import io.changeover.view.View;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Two hundred views in two versions, all alike. */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage
class ManyViews {

    static final int COUNT = 200;

    @EventType(name = "metrics.counted")
    record Counted(String id) {}

    record Count(@Key String id) {}

    @View(name = "count", version = 1)
    static class Counts {

        record Row(@Key String id) {}

        @Fold
        Row on(Counted event) {
            return new Row(event.id());
        }

        @Canonical
        Count count(Row row) {
            return new Count(row.id());
        }
    }

    static String view(int number) {
        return "view-" + number;
    }

    @Bean
    Versions versions() throws ReflectiveOperationException {
        FoldedVersion one = FoldedVersion.of(new Counts());
        List<VersionDefinition> all = new ArrayList<>();
        for (int view = 0; view < COUNT; view++) {
            all.add(as(one, new VersionId(view(view), 1)));
            all.add(as(one, new VersionId(view(view), 2)));
        }
        return Versions.of(all);
    }

    /** A team writes a class for each version; two hundred times the same would say no more than this. */
    private static FoldedVersion as(FoldedVersion version, VersionId id) throws ReflectiveOperationException {
        Field folds = FoldedVersion.class.getDeclaredField("folds");
        folds.setAccessible(true);
        Constructor<?> constructor = FoldedVersion.class.getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        return (FoldedVersion)
                constructor.newInstance(Counts.class, id, version.rows(), version.canonical(), folds.get(version));
    }
}
