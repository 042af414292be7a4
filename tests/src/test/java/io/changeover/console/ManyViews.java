package io.changeover.console;

import io.changeover.event.EventType;
import io.changeover.view.FoldedVersion;
import io.changeover.view.Key;
import io.changeover.view.Versions;
import io.changeover.view.View;
import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import org.springframework.beans.BeanUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** As many views as a test asks for, each in two versions: copies of one class under other names. */
public final class ManyViews {

    /** Name of the property that says how many. */
    public static final String COUNT = "many-views.count";

    private ManyViews() {}

    /** The name of a view; numbers begin with 1. */
    public static String name(int number) {
        return "view-%03d".formatted(number);
    }

    /** Makes the views known to a node. */
    @Configuration(proxyBeanMethods = false)
    public static class Known {

        @Bean
        Versions versions(Environment environment) {
            List<FoldedVersion> all = new ArrayList<>();
            for (int number = 1; number <= environment.getRequiredProperty(COUNT, Integer.class); number++) {
                all.add(version(number, 1));
                all.add(version(number, 2));
            }
            return Versions.of(all);
        }

        private static FoldedVersion version(int number, int version) {
            Class<?> copy = new ByteBuddy()
                    .redefine(CopiedView.class)
                    .name("io.changeover.console.copy.View%dV%d".formatted(number, version))
                    .annotateType(AnnotationDescription.Builder.ofType(View.class)
                            .define("name", name(number))
                            .define("version", version)
                            .build())
                    .make()
                    .load(ManyViews.class.getClassLoader(), ClassLoadingStrategy.Default.WRAPPER_PERSISTENT)
                    .getLoaded();
            return FoldedVersion.of(BeanUtils.instantiateClass(copy));
        }
    }

    /** Something that is counted. */
    @EventType(name = "thing.counted")
    public record Counted(String thing) {}

    /** How often. */
    public record Row(@Key String thing, long times) {}
}
