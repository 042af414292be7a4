package io.changeover.apiversion;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.accept.ApiVersionResolver;

/**
 * Takes the version from a header, at addresses that have versions. Elsewhere the header means nothing, and must not have
 * a request refused that has nothing to do with the versioned API.
 */
public final class VersionHeader implements ApiVersionResolver {

    private final String header;
    private final VersionedEndpoints endpoints;

    /** @param header name of the header */
    public VersionHeader(String header, VersionedEndpoints endpoints) {
        this.header = header;
        this.endpoints = endpoints;
    }

    /** The header's name. */
    public String name() {
        return header;
    }

    @Override
    public @Nullable String resolveVersion(HttpServletRequest request) {
        String version = request.getHeader(header);
        return version == null || version.isBlank() || !endpoints.isVersioned(request) ? null : version.strip();
    }
}
