package io.changeover.apiversion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.changeover.changeover.ChangeoverState;
import io.changeover.changeover.Retirement;
import io.changeover.serving.Reader;
import io.changeover.serving.ReaderContext;
import io.changeover.serving.ReaderIdentity;
import io.changeover.serving.RoutedStates;
import io.changeover.serving.Router;
import io.changeover.view.Versions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockServletContext;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.config.annotation.ApiVersionConfigurer;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RetiringVersionsTest {

    private static final String HEADER = "API-Version";
    private static final String LINK = "https://example.org/moving";
    private static final Instant DEPRECATED = Instant.parse("2027-02-01T10:00:00Z");
    private static final Instant SUNSET = Instant.parse("2027-03-05T06:07:08Z");

    /** Answers who is counted as reading. */
    private static String asked() {
        return ReaderContext.current()
                .map(context ->
                        context.identity().consumer() + "/" + context.identity().apiVersion())
                .orElse("nobody");
    }

    @RestController
    @RequestMapping("/board")
    static class Board {

        @GetMapping(version = "1")
        @Presents(view = "board", version = 1)
        String first() {
            return "first for " + asked();
        }

        @GetMapping(version = "2")
        @Presents(view = "board", version = 2)
        String second() {
            return "second for " + asked();
        }

        @PostMapping(version = "1+")
        String either() {
            return "either for " + asked();
        }
    }

    @RestController
    @Presents(view = "board", version = 1)
    static class Lone {

        @GetMapping(path = "/lone", version = "1")
        String lone() {
            return "lone";
        }
    }

    @RestController
    static class Plain {

        @GetMapping("/plain")
        String plain() {
            return "plain for " + asked();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableWebMvc
    static class Web {

        @Bean
        VersionedEndpoints endpoints(ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
            return new VersionedEndpoints(mappings::orderedStream);
        }

        @Bean
        ApiVersionProblems problems(VersionedEndpoints endpoints) {
            return new ApiVersionProblems(endpoints);
        }

        @Bean
        Router router() {
            return new Router();
        }

        @Bean
        MovableClock clock() {
            return new MovableClock();
        }

        @Bean
        WebMvcConfigurer versions(VersionedEndpoints endpoints, Router router, Clock clock) {
            return new WebMvcConfigurer() {
                @Override
                public void configureApiVersioning(ApiVersionConfigurer versions) {
                    versions.useVersionResolver(new VersionHeader(HEADER, endpoints));
                    versions.setDefaultVersion("1");
                    versions.setDeprecationHandler(new RetiringVersions(endpoints, router, clock, HEADER));
                }
            };
        }
    }

    static final class MovableClock extends Clock {

        Instant now = SUNSET.minusSeconds(1);

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private final AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
    private MockMvcTester mvc;

    @BeforeEach
    void start() {
        context.setServletContext(new MockServletContext());
        context.register(Web.class, Board.class, Lone.class, Plain.class);
        context.refresh();
        mvc = MockMvcTester.from(context);
    }

    @AfterEach
    void stop() {
        context.close();
    }

    private MvcTestResult get(String address, @Nullable String version) {
        return ReaderContext.callAs(
                Reader.of(null).countedAs(new ReaderIdentity("shop", "")),
                () -> version == null
                        ? mvc.get().uri(address).exchange()
                        : mvc.get().uri(address).header(HEADER, version).exchange());
    }

    private void retire(@Nullable Instant sunsetAt, @Nullable String link) {
        RoutedStates.apply(
                context.getBean(Router.class),
                new ChangeoverState(
                        "board", 2, null, Map.of(), Map.of(1, new Retirement(DEPRECATED, sunsetAt, link, 2))));
    }

    private static List<String> told(MvcTestResult result) {
        return result.getResponse().getHeaderNames().stream()
                .filter(name -> !name.startsWith("Content-"))
                .sorted()
                .flatMap(name -> result.getResponse().getHeaders(name).stream().map(value -> name + ": " + value))
                .toList();
    }

    @Test
    void a_client_that_names_no_version_gets_the_default_and_is_told_nothing_while_nothing_is_deprecated() {
        MvcTestResult result = get("/board", null);
        assertThat(result).hasStatusOk().bodyText().isEqualTo("first for shop/1");
        assertThat(told(result)).containsExactly("Vary: API-Version");
        assertThat(get("/board", "2")).hasStatusOk().bodyText().isEqualTo("second for shop/2");
        assertThat(get("/board", "2.0")).hasStatusOk().bodyText().isEqualTo("second for shop/2");
    }

    @Test
    void an_endpoint_that_shows_no_view_counts_the_version_that_was_asked() {
        retire(SUNSET, LINK);
        MvcTestResult result = ReaderContext.callAs(
                Reader.of(null).countedAs(new ReaderIdentity("shop", "")),
                () -> mvc.post().uri("/board").header(HEADER, "2").exchange());
        assertThat(result).hasStatusOk().bodyText().isEqualTo("either for shop/2");
        assertThat(told(result)).containsExactly("Vary: API-Version");
    }

    @Test
    void an_address_without_versions_takes_no_notice_of_the_header() {
        MvcTestResult result = get("/plain", "9");
        assertThat(result).hasStatusOk().bodyText().isEqualTo("plain for shop/");
        assertThat(told(result)).isEmpty();
        assertThat(get("/nothing", "9")).hasStatus(404);
    }

    @Test
    void clients_of_a_superseded_version_are_told_that_it_is_deprecated_and_where_to_go() {
        retire(null, null);
        MvcTestResult result = get("/board", "1");
        assertThat(result).hasStatusOk().bodyText().isEqualTo("first for shop/1");
        assertThat(told(result))
                .containsExactly(
                        "Deprecation: @1801476000",
                        "Link: </board>; rel=\"successor-version\"; api-version=\"2\"",
                        "Vary: API-Version");
        assertThat(told(get("/board", "2"))).containsExactly("Vary: API-Version");
    }

    @Test
    void clients_are_told_when_it_ends_and_of_the_page_for_them() {
        retire(SUNSET, LINK);
        MvcTestResult result = get("/board", null);
        assertThat(result).hasStatusOk().bodyText().isEqualTo("first for shop/1");
        assertThat(told(result))
                .containsExactly(
                        "Deprecation: @1801476000",
                        "Link: <https://example.org/moving>; rel=\"deprecation\"; type=\"text/html\"",
                        "Link: <https://example.org/moving>; rel=\"sunset\"; type=\"text/html\"",
                        "Link: </board>; rel=\"successor-version\"; api-version=\"2\"",
                        "Sunset: Fri, 05 Mar 2027 06:07:08 GMT",
                        "Vary: API-Version");
    }

    @Test
    void a_page_is_no_page_about_the_sunset_while_that_is_not_settled() {
        retire(null, LINK);
        assertThat(told(get("/lone", null)))
                .containsExactly(
                        "Deprecation: @1801476000",
                        "Link: <https://example.org/moving>; rel=\"deprecation\"; type=\"text/html\"",
                        "Vary: API-Version");
    }

    @Test
    void from_the_sunset_on_clients_are_refused_and_told_what_to_ask() {
        retire(SUNSET, LINK);
        context.getBean(MovableClock.class).now = SUNSET;
        MvcTestResult result = get("/board", null);
        assertThat(result)
                .hasStatus(410)
                .hasContentType("application/problem+json")
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                {"type": "urn:changeover:problem:api-version-gone", "title": "API version gone", "status": 410,
                 "detail": "API version '1' shows board@1, which ended at 2027-03-05T06:07:08Z, and is not answered any more; ask version '2' instead, and see https://example.org/moving",
                 "instance": "/board", "apiVersion": "1", "viewVersion": "board@1",
                 "sunsetAt": "2027-03-05T06:07:08Z", "successorApiVersion": "2", "link": "https://example.org/moving"}
                """);
        assertThat(told(result))
                .contains("Sunset: Fri, 05 Mar 2027 06:07:08 GMT")
                .hasSize(6);
        assertThat(get("/board", "2")).hasStatusOk();
        assertThat(get("/plain", null)).hasStatusOk();
    }

    @Test
    void a_refusal_without_a_successor_says_so() {
        retire(SUNSET, null);
        context.getBean(MovableClock.class).now = SUNSET;
        assertThat(get("/lone", null))
                .hasStatus(410)
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                {"type": "urn:changeover:problem:api-version-gone", "title": "API version gone", "status": 410,
                 "detail": "API version '1' shows board@1, which ended at 2027-03-05T06:07:08Z, and is not answered any more; no other version shows its successor here, so ask its operator",
                 "instance": "/lone", "apiVersion": "1", "viewVersion": "board@1",
                 "sunsetAt": "2027-03-05T06:07:08Z"}
                """);
    }

    @Test
    void a_version_that_does_not_exist_is_refused_with_those_that_do() {
        assertThat(get("/board", "9"))
                .hasStatus(400)
                .hasContentType("application/problem+json")
                .bodyJson()
                .isStrictlyEqualTo(
                        """
                {"type": "urn:changeover:problem:unknown-api-version", "title": "Unknown API version", "status": 400,
                 "detail": "There is no API version '9' at '/board'; name one of those that exist: 1, 2",
                 "instance": "/board", "apiVersions": ["1", "2"]}
                """);
        assertThat(get("/board", "newest"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("There is no API version 'newest' at '/board'; name one of those that exist: 1, 2");
        assertThat(get("/lone", "2"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.detail")
                .isEqualTo("There is no API version '2' at '/lone'; name one of those that exist: 1");
    }

    @Test
    void what_would_never_tell_a_client_anything_is_refused_at_the_start() {
        AnnotationConfigWebApplicationContext wrong = new AnnotationConfigWebApplicationContext();
        wrong.setServletContext(new MockServletContext());
        wrong.register(Web.class, Wrong.class);
        wrong.refresh();
        assertThatThrownBy(() -> wrong.getBean(VersionedEndpoints.class).check(Versions.of(List.of())))
                .isInstanceOf(InvalidPresentationException.class)
                .hasMessage(
                        "%s.wrong shows view 'bord', which must be one of []; correct @Presents; %s.wrong shows 'bord@1' but its mapping must name an API version; add one such as @GetMapping(version = \"1\")"
                                .formatted(Wrong.class.getName(), Wrong.class.getName()));
        wrong.close();
    }

    @RestController
    static class Wrong {

        @GetMapping("/wrong")
        @Presents(view = "bord", version = 1)
        String wrong() {
            return "wrong";
        }
    }
}
