package io.changeover.consumer;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reader of views, as a team declares it. What is wrong with it is told by the {@link ConsumerCatalogue}.
 *
 * @param name lower-case words joined by hyphens, such as {@code web-shop}
 * @param owner whose it is
 * @param contact whom to ask, or an empty text
 * @param views what it reads: views such as {@code order-board}, or single versions such as {@code order-board@2}
 * @param apiVersions versions of the HTTP API that it asks; empty where it does not matter
 * @param freshness how old what it reads may be; null where it does not matter
 * @param readYourWrites whether it must see what it has written itself
 * @param tokenHash SHA-256 of the token by which it authenticates, in hexadecimal digits, or an empty text
 */
public record Consumer(
        String name,
        String owner,
        String contact,
        List<String> views,
        List<String> apiVersions,
        @Nullable Duration freshness,
        boolean readYourWrites,
        String tokenHash) {

    /** Copies the lists. */
    public Consumer {
        views = List.copyOf(views);
        apiVersions = List.copyOf(apiVersions);
    }

    /**
     * Whether it has declared such a read.
     *
     * @param apiVersion version of the HTTP API that was asked, or an empty text where none was
     */
    public boolean declares(String view, int version, String apiVersion) {
        return (views.contains(view) || views.contains(view + "@" + version))
                && (apiVersions.isEmpty() || apiVersion.isEmpty() || apiVersions.contains(apiVersion));
    }

    @Override
    public String toString() {
        return "consumer %s of %s".formatted(name, owner); // without the hash, which is nobody else's business
    }
}
