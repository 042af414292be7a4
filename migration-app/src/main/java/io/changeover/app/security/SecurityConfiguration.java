package io.changeover.app.security;

import io.changeover.consumer.ConsumerCatalogue;
import jakarta.servlet.DispatcherType;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.servlet.HandlerExceptionResolver;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ApiProperties.class, AccessProperties.class})
class SecurityConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(SecurityConfiguration.class);
    private static final Set<String> ATTEMPTS = Set.of(SessionFilter.SIGN_IN, SessionFilter.PASSWORD);

    private static final String[] PROGRAMS = {
        "/api", "/api/**", "/actuator", "/actuator/**", "/openapi", "/openapi/**", "/openapi.yaml", "/openapi.yaml/**"
    };
    private static final String[] CONSOLE = {"/console", "/console/**", "/webjars/**", "/oauth2/**", "/login/oauth2/**"
    };

    /** The pictures in the style sheet are data of its own; no other source than this server is asked. */
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** Programs: each request carries what proves who sent it. */
    @Bean
    @Order(1)
    SecurityFilterChain programs(
            HttpSecurity http,
            ApiProperties properties,
            ObjectProvider<ConsumerCatalogue> consumers,
            KnownTokens tokens,
            AccessAttempts counts,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        http.securityMatcher(PROGRAMS).authorizeHttpRequests(requests -> requests.requestMatchers(
                        "/actuator/health", "/actuator/health/**", "/openapi/api-*")
                .permitAll()
                .requestMatchers("/api/tokens", "/api/tokens/**", "/api/people", "/api/people/**")
                .hasRole(Role.ADMIN.name())
                .requestMatchers(HttpMethod.POST, "/api/changeovers/*/approve")
                .hasRole(Role.APPROVER.name())
                .requestMatchers(HttpMethod.GET)
                .hasRole(Role.VIEWER.name())
                .anyRequest()
                .hasRole(Role.OPERATOR.name()));
        return stateless(http, properties, consumers, tokens, counts, problems);
    }

    /** People: a session of their own, and forms that only this server's pages can send. */
    @Bean
    @Order(2)
    SecurityFilterChain console(
            HttpSecurity http,
            AccessProperties properties,
            People people,
            AccessTrail trail,
            SignInThrottle throttle,
            AccessAttempts counts,
            Clock clock,
            ObjectProvider<ClientRegistrationRepository> providers) {
        SignInOutcome outcome = new SignInOutcome(trail, people, throttle, clock, counts);
        providers.ifAvailable(known -> http.oauth2Login(login -> login.loginPage(SessionFilter.SIGN_IN)
                .clientRegistrationRepository(known)
                .userInfoEndpoint(user -> user.oidcUserService(new OpenIdPeople(properties.oidc())))
                .successHandler(outcome)
                .failureHandler(outcome)));
        HttpSessionRequestCache pages = new HttpSessionRequestCache();
        pages.setRequestMatcher(
                request -> request.getMethod().equals("GET") && request.getHeader(ConsoleEntryPoint.PART) == null);
        RequestMatcher attempts = request -> request.getMethod().equals("POST")
                && ATTEMPTS.contains(request.getRequestURI()
                        .substring(request.getContextPath().length()));
        return http.securityMatcher(CONSOLE)
                .authorizeHttpRequests(
                        // What the server forwards to itself it has let in already: the pages for a refusal.
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
                                .permitAll()
                                .requestMatchers("/console/sign-in", "/console/assets/**", "/webjars/**")
                                .permitAll()
                                .requestMatchers(SessionFilter.PASSWORD)
                                .authenticated()
                                // Their pages only ask whether to do it, which is nothing to look at for others.
                                .requestMatchers(
                                        "/console/comparisons/*/cancel",
                                        "/console/views/*/versions/*/dead-letters/retry",
                                        "/console/effects/retry",
                                        "/console/doctor/mend")
                                .hasRole(Role.OPERATOR.name())
                                .requestMatchers(HttpMethod.POST, "/console/changeovers/*/approve")
                                .hasRole(Role.APPROVER.name())
                                .requestMatchers(HttpMethod.POST)
                                .hasRole(Role.OPERATOR.name())
                                .anyRequest()
                                .hasRole(Role.VIEWER.name()))
                .formLogin(form -> form.loginPage("/console/sign-in")
                        .loginProcessingUrl("/console/sign-in")
                        .successHandler(outcome)
                        .failureHandler(outcome))
                .logout(logout -> logout.logoutUrl("/console/sign-out")
                        .addLogoutHandler(outcome)
                        .logoutSuccessUrl("/console/sign-in?out"))
                .requestCache(cache -> cache.requestCache(pages))
                .addFilterBefore(
                        new SignInThrottleFilter(throttle, counts, attempts, "/console/slow-down"),
                        UsernamePasswordAuthenticationFilter.class)
                .addFilterBefore(
                        new SessionFilter(people, clock, properties.longestSession()),
                        AnonymousAuthenticationFilter.class)
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_POLICY))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicyHeaderWriter.ReferrerPolicy.SAME_ORIGIN)))
                .exceptionHandling(exceptions -> exceptions
                        .authenticationEntryPoint(new ConsoleEntryPoint())
                        .accessDeniedPage("/console/refused"))
                .build();
    }

    /** Readers of views, who need no proof but may carry one. */
    @Bean
    @Order(3)
    SecurityFilterChain readers(
            HttpSecurity http,
            ApiProperties properties,
            ObjectProvider<ConsumerCatalogue> consumers,
            KnownTokens tokens,
            AccessAttempts counts,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll());
        return stateless(http, properties, consumers, tokens, counts, problems);
    }

    private static SecurityFilterChain stateless(
            HttpSecurity http,
            ApiProperties properties,
            ObjectProvider<ConsumerCatalogue> consumers,
            KnownTokens tokens,
            AccessAttempts counts,
            HandlerExceptionResolver problems) {
        consumers.ifAvailable(catalogue ->
                http.addFilterBefore(new ConsumerTokenFilter(catalogue), AnonymousAuthenticationFilter.class));
        ApiToken token = ApiToken.of(properties, new SecureRandom());
        // A browser never sends the token by itself, so there is nothing to forge a request with.
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .exceptionHandling(exceptions -> exceptions
                        .authenticationEntryPoint(
                                (request, response, e) -> problems.resolveException(request, response, null, e))
                        .accessDeniedHandler(
                                (request, response, e) -> problems.resolveException(request, response, null, e)))
                .addFilterBefore(new ApiTokenFilter(token), AnonymousAuthenticationFilter.class)
                .addFilterBefore(new AccessTokenFilter(tokens, counts, problems), AnonymousAuthenticationFilter.class)
                .build();
    }

    /** Whether somebody is let in at all is asked after the password, so that an answer takes as long for whoever is not. */
    @Bean
    AuthenticationProvider passwords(People people, PasswordEncoder encoder) {
        DaoAuthenticationProvider provider = new DaoAuthenticationProvider(name -> people.byName(name)
                .map(LocalPerson::new)
                .orElseThrow(() -> new UsernameNotFoundException("nobody of that name may sign in")));
        provider.setPasswordEncoder(encoder);
        provider.setPreAuthenticationChecks(person -> {});
        provider.setPostAuthenticationChecks(person -> {
            if (!person.isEnabled()) {
                throw new DisabledException("the person is disabled");
            }
        });
        return provider;
    }

    @Bean
    SignInThrottle signInThrottle(Clock clock) {
        return new SignInThrottle(clock);
    }

    @Bean
    AccessAttempts accessAttempts() {
        return new AccessAttempts();
    }

    @Bean
    KnownTokens knownTokens(
            AccessTokens tokens, People people, ObjectProvider<ConsumerCatalogue> consumers, Clock clock) {
        return new KnownTokens(tokens, people, consumers.getIfAvailable(), clock);
    }

    @Bean
    AccessOperations accessOperations(
            People people,
            AccessTokens tokens,
            KnownTokens known,
            ObjectProvider<ConsumerCatalogue> consumers,
            PasswordEncoder encoder,
            Clock clock) {
        return new AccessOperations(
                people, tokens, known, consumers.getIfAvailable(), encoder, new SecureRandom(), clock);
    }

    @Bean
    SignInWays signInWays(ObjectProvider<ClientRegistrationRepository> providers) {
        return SignInWays.of(providers.getIfAvailable());
    }

    @Bean
    ApplicationRunner openDoor(
            @Value("${server.address:}") String address,
            @Value("${server.ssl.enabled:true}") boolean enabled,
            Environment environment) {
        boolean encrypted = enabled
                && (environment.containsProperty("server.ssl.bundle")
                        || environment.containsProperty("server.ssl.key-store")
                        || environment.containsProperty("server.ssl.certificate"));
        return arguments -> OpenDoor.warning(address, encrypted).ifPresent(LOG::warn);
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return PasswordEncoderFactories.createDelegatingPasswordEncoder();
    }

    @Bean
    RequestRejectedHandler rejectedRequests(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        return (request, response, e) -> problems.resolveException(request, response, null, e);
    }
}
