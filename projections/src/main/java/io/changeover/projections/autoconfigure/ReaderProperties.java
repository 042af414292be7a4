package io.changeover.projections.autoconfigure;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Readers over HTTP.
 *
 * @param tenantHeader request header that names the tenant; none by default. Clients must not be able to set it themselves
 * @param overrideAuthorities authorities of which a caller needs one to choose the version of a view for one request
 */
@ConfigurationProperties("changeover.readers")
record ReaderProperties(
        @Nullable String tenantHeader, @DefaultValue("ROLE_OPERATOR") List<String> overrideAuthorities) {}
