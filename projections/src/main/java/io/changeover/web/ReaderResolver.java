package io.changeover.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells who makes a request. A bean of this type replaces what the servlet API says. */
@FunctionalInterface
public interface ReaderResolver {

    /**
     * Who makes the request. Called once for each request, after authentication.
     *
     * @throws RuntimeException where nobody can tell; the request then fails
     */
    RequestReader resolve(HttpServletRequest request);

    /**
     * Goes by the request's principal and roles, which Spring Security fills too.
     *
     * @param tenantHeader header that names the tenant, which nothing but a gateway of one's own may set; null where there
     *     are no tenants
     * @param authorities roles to ask for; of Spring Security's authorities only those that begin with {@code ROLE_}
     */
    static ReaderResolver ofServlet(@Nullable String tenantHeader, Collection<String> authorities) {
        return request -> new RequestReader(
                request.getUserPrincipal() == null
                        ? null
                        : request.getUserPrincipal().getName(),
                tenantHeader == null ? null : request.getHeader(tenantHeader),
                authorities.stream().filter(request::isUserInRole).collect(Collectors.toUnmodifiableSet()));
    }
}
