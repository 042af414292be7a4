package io.changeover.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.changeover.app.security.AccessTrail;
import io.changeover.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sign-in by OpenID Connect, through each redirect that a browser would follow. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OpenIdSignInTest {

    @TempDir
    Path folder;

    /** A provider that knows one person, whoever asks. */
    private static final class Provider implements AutoCloseable {

        private final HttpServer http;
        private final RSAKey key;
        private String nonce = "";
        volatile List<String> groups = List.of();
        volatile boolean forged;

        Provider() throws IOException, JOSEException {
            key = new RSAKeyGenerator(2048).keyID("one").generate();
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            http.createContext("/.well-known/openid-configuration", exchange -> json(exchange, configuration()));
            http.createContext("/keys", exchange -> json(exchange, new JWKSet(key.toPublicJWK()).toString()));
            http.createContext("/authorize", this::authorize);
            http.createContext("/token", exchange -> json(exchange, token()));
            http.start();
        }

        String issuer() {
            return "http://127.0.0.1:" + http.getAddress().getPort();
        }

        private String configuration() {
            return """
                    {"issuer": "%1$s", "authorization_endpoint": "%1$s/authorize", "token_endpoint": "%1$s/token",
                     "jwks_uri": "%1$s/keys", "response_types_supported": ["code"],
                     "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"]}
                    """
                    .formatted(issuer());
        }

        private void authorize(HttpExchange exchange) throws IOException {
            Map<String, String> asked = Stream.of(
                            exchange.getRequestURI().getRawQuery().split("&"))
                    .map(field -> field.split("=", 2))
                    .collect(Collectors.toMap(
                            field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
            nonce = asked.get("nonce");
            exchange.getResponseHeaders()
                    .set(
                            "Location",
                            "%s?code=1&state=%s"
                                    .formatted(
                                            asked.get("redirect_uri"),
                                            URLEncoder.encode(asked.get("state"), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        }

        private String token() {
            try {
                long now = Clock.systemUTC().instant().getEpochSecond();
                SignedJWT identity = new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("one").build(),
                        new JWTClaimsSet.Builder()
                                .issuer(issuer())
                                .subject("7")
                                .audience("changeover")
                                .claim("preferred_username", "admin")
                                .claim("nonce", forged ? "another" : nonce)
                                .claim("groups", groups)
                                .claim("iat", now)
                                .claim("exp", now + 60)
                                .build());
                identity.sign(new RSASSASigner(key));
                return """
                        {"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": "%s"}
                        """
                        .formatted(identity.serialize());
            } catch (JOSEException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void json(HttpExchange exchange, String text) throws IOException {
            byte[] answer = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        }

        @Override
        public void close() {
            http.stop(0);
        }
    }

    private static HttpResponse<String> dance(Visitor visitor) {
        HttpResponse<String> away = visitor.get("/oauth2/authorization/company");
        HttpResponse<String> back = visitor.get(location(away));
        return visitor.get(location(back));
    }

    private static String location(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Location")
                .map(URI::create)
                .orElseThrow()
                .toString();
    }

    @Test
    void people_prove_elsewhere_who_they_are_and_a_claim_says_in_which_roles() throws Exception {
        try (Provider provider = new Provider();
                TestDatabase database = TestDatabase.empty();
                ConsoleServer server = ConsoleServer.start(
                        database,
                        folder,
                        Map.of(
                                "spring.security.oauth2.client.registration.company.client-id", "changeover",
                                "spring.security.oauth2.client.registration.company.client-secret", "kept",
                                "spring.security.oauth2.client.registration.company.client-name", "Company",
                                "spring.security.oauth2.client.registration.company.scope", "openid",
                                "spring.security.oauth2.client.provider.company.issuer-uri", provider.issuer(),
                                "changeover.access.oidc.roles-claim", "groups",
                                "changeover.access.oidc.roles.on-call", "viewer"))) {
            Visitor visitor = new Visitor(server);
            assertThat(visitor.get("/console/sign-in").body())
                    .contains("Sign in with Company")
                    .contains("href=\"/oauth2/authorization/company\"");

            provider.groups = List.of("on-call", "admin");
            assertThat(Visitor.leadsTo(dance(visitor))).isEqualTo("/console");
            HttpResponse<String> console = visitor.get("/console");
            assertThat(console.statusCode()).isEqualTo(200);
            assertThat(console.body()).contains("company:admin");

            provider.groups = List.of("guests");
            Visitor guest = new Visitor(server);
            dance(guest);
            HttpResponse<String> refused = guest.get("/console");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains("Your roles do not allow this").contains("Sign out");

            provider.forged = true;
            Visitor forger = new Visitor(server);
            HttpResponse<String> back = dance(forger);
            assertThat(location(back)).endsWith("/console/sign-in?provider");
            assertThat(forger.get(location(back)).body()).contains("The provider did not let you in");
            assertThat(Visitor.leadsTo(forger.get("/console"))).isEqualTo("/console/sign-in");

            assertThat(server.get(AccessTrail.class).latest(3))
                    .extracting(entry -> entry.action() + " " + entry.subject())
                    .containsExactly(
                            "sign-in failed (a provider's person)",
                            "signed in company:admin",
                            "signed in company:admin");
        }
    }
}
