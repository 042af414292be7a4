package io.changeover.apiversion;

import io.changeover.changeover.Retirement;
import io.changeover.serving.ReaderContext;
import io.changeover.serving.ReaderIdentity;
import io.changeover.serving.Router;
import io.changeover.view.VersionId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.accept.ApiVersionDeprecationHandler;

/**
 * Tells clients of an API version what becomes of the view version that it shows, by the state that this node routes by:
 * {@code Deprecation} (RFC 9745), {@code Sunset} (RFC 8594), {@code Link} to a page for those who must move (both) and to
 * the successor (RFC 5829). From the sunset on they are refused. Whoever asks is counted under the version that was asked.
 *
 * <p>Spring's own handler holds dates that are settled when the application starts, and writes days below ten with one
 * digit, which is no HTTP date.
 */
public final class RetiringVersions implements ApiVersionDeprecationHandler {

    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
            .withZone(ZoneOffset.UTC);

    private final VersionedEndpoints endpoints;
    private final Router router;
    private final Clock clock;
    private final @Nullable String header;

    /** @param header name of the header that chooses the version, or null where something else does */
    public RetiringVersions(VersionedEndpoints endpoints, Router router, Clock clock, @Nullable String header) {
        this.endpoints = endpoints;
        this.router = router;
        this.clock = clock;
        this.header = header;
    }

    /** @throws ApiVersionGoneException from the sunset on */
    @Override
    public void handleVersion(
            Comparable<?> requestVersion, Object handler, HttpServletRequest request, HttpServletResponse response) {
        VersionedEndpoint endpoint = endpoints.of(handler).orElse(null);
        if (endpoint == null) {
            return;
        }
        String version = VersionedEndpoints.text(requestVersion.toString());
        ReaderContext.current()
                .ifPresent(context ->
                        context.countAs(new ReaderIdentity(context.identity().consumer(), version)));
        if (header != null) {
            response.addHeader(HttpHeaders.VARY, header); // or a cache would give one version for another
        }
        Presents presents = endpoint.presents();
        if (presents == null) {
            return;
        }
        Retirement retirement = router.state(presents.view())
                .map(state -> state.retirements().get(presents.version()))
                .orElse(null);
        if (retirement != null) {
            tell(retirement, presents, version, request, response);
        }
    }

    private void tell(
            Retirement retirement,
            Presents presents,
            String version,
            HttpServletRequest request,
            HttpServletResponse response) {
        Instant sunsetAt = retirement.sunsetAt();
        String link = retirement.link();
        String successor = endpoints
                .showing(presents.view(), retirement.successor(), request)
                .orElse(null);
        response.setHeader("Deprecation", "@" + retirement.deprecatedAt().getEpochSecond());
        if (sunsetAt != null) {
            response.setHeader("Sunset", HTTP_DATE.format(sunsetAt));
        }
        if (link != null) {
            response.addHeader(HttpHeaders.LINK, page(link, "deprecation"));
        }
        if (link != null && sunsetAt != null) {
            response.addHeader(HttpHeaders.LINK, page(link, "sunset"));
        }
        if (successor != null) {
            // The address is the same, so an attribute says which version is meant.
            response.addHeader(
                    HttpHeaders.LINK,
                    "<%s>; rel=\"successor-version\"; api-version=\"%s\""
                            .formatted(request.getRequestURI(), successor));
        }
        if (sunsetAt != null && retirement.isSunset(clock.instant())) {
            throw new ApiVersionGoneException(
                    version, new VersionId(presents.view(), presents.version()).toString(), sunsetAt, successor, link);
        }
    }

    private static String page(String address, String relation) {
        return "<%s>; rel=\"%s\"; type=\"text/html\"".formatted(address, relation);
    }
}
