package io.changeover.app.security;

import io.changeover.consumer.ConsumerCatalogue;
import java.security.SecureRandom;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.web.servlet.HandlerExceptionResolver;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ApiProperties.class)
class SecurityConfiguration {

    @Bean
    SecurityFilterChain changeoverSecurity(
            HttpSecurity http,
            ApiProperties properties,
            ObjectProvider<ConsumerCatalogue> consumers,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        consumers.ifAvailable(catalogue ->
                http.addFilterBefore(new ConsumerTokenFilter(catalogue), AnonymousAuthenticationFilter.class));
        ApiToken token = ApiToken.of(properties, new SecureRandom());
        return http.authorizeHttpRequests(
                        requests -> requests.requestMatchers("/actuator/health", "/actuator/health/**")
                                .permitAll()
                                .requestMatchers("/api", "/api/**", "/actuator", "/actuator/**")
                                .hasRole(Role.OPERATOR.name())
                                .requestMatchers("/openapi/api-*")
                                .permitAll()
                                .requestMatchers("/openapi", "/openapi/**", "/openapi.yaml", "/openapi.yaml/**")
                                .hasRole(Role.OPERATOR.name())
                                .anyRequest()
                                .permitAll())
                // A browser never sends the token by itself, so there is nothing to forge a request with.
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .exceptionHandling(exceptions -> exceptions
                        .authenticationEntryPoint(
                                (request, response, e) -> problems.resolveException(request, response, null, e))
                        .accessDeniedHandler(
                                (request, response, e) -> problems.resolveException(request, response, null, e)))
                .addFilterBefore(new ApiTokenFilter(token), AnonymousAuthenticationFilter.class)
                .build();
    }

    @Bean
    RequestRejectedHandler rejectedRequests(@Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        return (request, response, e) -> problems.resolveException(request, response, null, e);
    }
}
