package io.changeover.projections.autoconfigure;

import io.changeover.freshness.FreshnessOptions;
import io.changeover.freshness.WrittenPositions;
import io.changeover.serving.ConsumerNames;
import io.changeover.serving.ReaderIdentity;
import io.changeover.view.Versions;
import io.changeover.web.ReaderAdvice;
import io.changeover.web.ReaderFilter;
import io.changeover.web.ReaderOptions;
import io.changeover.web.ReaderResolver;
import jakarta.servlet.Filter;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingFilterBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Readers over HTTP, in a web application on servlets. */
@AutoConfiguration(after = FreshnessAutoConfiguration.class)
@ConditionalOnClass({Filter.class, HandlerExceptionResolver.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBean(WrittenPositions.class)
@EnableConfigurationProperties(ReaderProperties.class)
class ReaderWebAutoConfiguration {

    /** After Spring Security's filter, which stands at -100, so that it is known who asks. */
    static final int ORDER = 0;

    @Bean
    @ConditionalOnMissingBean
    ReaderResolver readerResolver(ReaderProperties properties) {
        return ReaderResolver.ofServlet(properties.tenantHeader(), properties.overrideAuthorities());
    }

    @Bean
    @ConditionalOnMissingBean
    ReaderAdvice readerAdvice() {
        return new ReaderAdvice();
    }

    @Bean
    @ConditionalOnMissingFilterBean
    FilterRegistrationBean<ReaderFilter> readerFilter(
            ReaderResolver resolver,
            ObjectProvider<ConsumerNames> names,
            Versions versions,
            WrittenPositions positions,
            FreshnessOptions freshness,
            ReaderProperties properties,
            BeanFactory beans) {
        FilterRegistrationBean<ReaderFilter> registration = new FilterRegistrationBean<>(new ReaderFilter(
                resolver,
                names.getIfAvailable(() -> principal -> ReaderIdentity.UNKNOWN.consumer()),
                versions,
                positions,
                new ReaderOptions(freshness.maxPatience(), properties.overrideAuthorities()),
                // Only when it is needed: filters are made long before MVC is.
                () -> beans.getBean("handlerExceptionResolver", HandlerExceptionResolver.class)));
        registration.setOrder(ORDER);
        return registration;
    }
}
