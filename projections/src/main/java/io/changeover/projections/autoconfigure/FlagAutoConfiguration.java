package io.changeover.projections.autoconfigure;

import dev.openfeature.sdk.FeatureProvider;
import dev.openfeature.sdk.OpenFeatureAPI;
import io.changeover.flag.ChangeoverFlags;
import io.changeover.flag.OpenFeatureFlags;
import io.changeover.serving.Router;
import io.changeover.serving.VersionFlags;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Flags by OpenFeature, for applications that have it. */
@AutoConfiguration(before = ProjectionsAutoConfiguration.class)
@ConditionalOnClass(OpenFeatureAPI.class)
@EnableConfigurationProperties(FlagProperties.class)
class FlagAutoConfiguration {

    /** What our flags are found under, and a team's own are looked for. */
    static final String DOMAIN = "changeover";

    /** A team's own flags. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "changeover.flags.source", havingValue = "open-feature")
    static class Own {

        @Bean
        @ConditionalOnMissingBean
        VersionFlags openFeatureFlags(ObjectProvider<FeatureProvider> provider) {
            OpenFeatureAPI api = OpenFeatureAPI.getInstance();
            provider.ifAvailable(own -> api.setProviderAndWait(DOMAIN, own));
            return new OpenFeatureFlags(api.getClient(DOMAIN));
        }
    }

    /** Ours. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "changeover.flags.source", havingValue = "changeover", matchIfMissing = true)
    static class BuiltIn {

        @Bean
        @ConditionalOnMissingBean
        ChangeoverFlags changeoverFlags(Router router) {
            ChangeoverFlags flags = new ChangeoverFlags(router);
            OpenFeatureAPI.getInstance().setProvider(DOMAIN, flags);
            return flags;
        }
    }
}
