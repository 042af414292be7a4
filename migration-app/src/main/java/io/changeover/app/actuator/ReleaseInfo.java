package io.changeover.app.actuator;

import io.changeover.catalog.EventDomain;
import io.changeover.catalog.EventDomains;
import java.net.URI;
import java.security.CodeSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/** Says which release this is, of which revision where that is known, and which domains are on the class path. */
final class ReleaseInfo implements InfoContributor {

    private final EventDomains domains;
    private final @Nullable String version;
    private final @Nullable String revision;

    ReleaseInfo(EventDomains domains, @Nullable String version, @Nullable String revision) {
        this.domains = domains;
        this.version = version;
        this.revision = revision;
    }

    @Override
    public void contribute(Info.Builder builder) {
        Map<String, Object> release = new LinkedHashMap<>();
        release.put("version", Objects.requireNonNullElse(version, "development"));
        if (revision != null) {
            release.put("revision", revision);
        }
        List<Map<String, String>> known = domains.all().stream()
                .map(domain -> Map.of("name", domain.name(), "owner", domain.owner(), "jar", jar(domain.getClass())))
                .toList();
        release.put("domains", known);
        builder.withDetail("changeover", release);
    }

    /** The last part of where the class comes from: the path to it is nobody's business. */
    static String jar(Class<? extends EventDomain> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return "unknown";
        }
        String path = URI.create(source.getLocation().toString().replace(" ", "%20"))
                .getSchemeSpecificPart()
                .replaceAll("[!/]+$", "");
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
