package io.changeover.projections.autoconfigure;

import io.changeover.apiversion.ApiVersionProblems;
import io.changeover.apiversion.RetiringVersions;
import io.changeover.apiversion.VersionHeader;
import io.changeover.apiversion.VersionedEndpoints;
import io.changeover.operation.ChangeoverOperations;
import io.changeover.operation.LiveSunsetOperations;
import io.changeover.operation.SunsetOperations;
import io.changeover.serving.Router;
import io.changeover.view.Versions;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.web.accept.ApiVersionDeprecationHandler;
import org.springframework.web.accept.ApiVersionResolver;
import org.springframework.web.servlet.config.annotation.ApiVersionConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/** The end of superseded versions, and what clients of the application's HTTP API are told of it. */
@AutoConfiguration(after = ProjectionsAutoConfiguration.class)
@ConditionalOnBean(ChangeoverOperations.class)
@EnableConfigurationProperties(SunsetProperties.class)
class ApiVersionAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean(SunsetOperations.class)
    LiveSunsetOperations sunsetOperations(
            Versions versions,
            Router router,
            ChangeoverOperations changeovers,
            SunsetProperties properties,
            Clock clock) {
        return new LiveSunsetOperations(versions, router, changeovers, properties.notice(), clock);
    }

    /** For web applications on servlets. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebMvcConfigurer.class)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @EnableConfigurationProperties(ApiVersionProperties.class)
    static class Web {

        @Bean
        VersionedEndpoints versionedEndpoints(ObjectProvider<RequestMappingInfoHandlerMapping> mappings) {
            return new VersionedEndpoints(mappings::orderedStream);
        }

        @Bean
        SmartInitializingSingleton presentationCheck(VersionedEndpoints endpoints, Versions versions) {
            return () -> endpoints.check(versions);
        }

        @Bean
        @ConditionalOnMissingBean(ApiVersionDeprecationHandler.class)
        RetiringVersions retiringVersions(
                VersionedEndpoints endpoints, Router router, Clock clock, ObjectProvider<VersionHeader> header) {
            VersionHeader by = header.getIfAvailable();
            return new RetiringVersions(endpoints, router, clock, by == null ? null : by.name());
        }

        @Bean
        @ConditionalOnMissingBean
        ApiVersionProblems apiVersionProblems(VersionedEndpoints endpoints) {
            return new ApiVersionProblems(endpoints);
        }
    }

    /** The version in a header, where the application does not say otherwise. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebMvcConfigurer.class)
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    @ConditionalOnMissingBean(ApiVersionResolver.class)
    @Conditional(NotConfigured.class)
    static class ByHeader {

        @Bean
        VersionHeader versionHeader(VersionedEndpoints endpoints, ApiVersionProperties properties) {
            return new VersionHeader(properties.header(), endpoints);
        }

        @Bean
        WebMvcConfigurer apiVersionDefault(ApiVersionProperties properties, Environment environment) {
            return new DefaultVersion(
                    properties.defaultVersion(),
                    environment.getProperty("spring.mvc.apiversion.required", Boolean.class, false));
        }
    }

    /** Before that of Spring Boot, which thus has the last word. */
    @Order(-1)
    private record DefaultVersion(String version, boolean required) implements WebMvcConfigurer {

        @Override
        public void configureApiVersioning(ApiVersionConfigurer versions) {
            if (!required) {
                versions.setDefaultVersion(version);
            }
        }
    }

    /** That the application chooses versions by something else. */
    static class NotConfigured extends NoneNestedConditions {

        NotConfigured() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty("spring.mvc.apiversion.use.header")
        static class Header {}

        @ConditionalOnProperty("spring.mvc.apiversion.use.query-parameter")
        static class QueryParameter {}

        @ConditionalOnProperty("spring.mvc.apiversion.use.path-segment")
        static class PathSegment {}
    }
}
