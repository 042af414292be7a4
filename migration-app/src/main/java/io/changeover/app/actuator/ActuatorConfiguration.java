package io.changeover.app.actuator;

import io.changeover.app.ChangeoverApplication;
import io.changeover.catalog.EventDomains;
import io.changeover.operation.Operations;
import io.changeover.projection.Projections;
import io.changeover.projection.VersionStates;
import io.changeover.serving.Router;
import io.changeover.view.Versions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HealthProperties.class)
class ActuatorConfiguration {

    @Bean
    ViewLooks viewLooks(
            Versions versions,
            Router router,
            Projections projections,
            VersionStates states,
            HealthProperties properties) {
        return new ViewLooks(new ViewCheck(versions, router, projections, states), properties);
    }

    /** Its name is that of the group's member and of the part of the address. */
    @Bean("changeover")
    CompositeHealthContributor changeoverHealth(Versions versions, ViewLooks looks, HealthProperties properties) {
        for (String view : properties.views()) {
            if (!versions.views().contains(view)) {
                throw new IllegalStateException(
                        "Property changeover.health.views names view '%s', which is not declared; declared are %s; correct it"
                                .formatted(view, versions.views()));
            }
        }
        Map<String, HealthContributor> byView = new LinkedHashMap<>();
        versions.views().forEach(view -> byView.put(view, new ViewHealth(view, properties.counts(view), looks)));
        return CompositeHealthContributor.fromMap(byView);
    }

    @Bean
    ChangeoversEndpoint changeoversEndpoint(Operations operations) {
        return new ChangeoversEndpoint(operations);
    }

    @Bean
    ReleaseInfo releaseInfo(EventDomains domains, Environment environment) {
        return new ReleaseInfo(
                domains,
                ChangeoverApplication.class.getPackage().getImplementationVersion(),
                environment.getProperty("changeover.revision"));
    }
}
