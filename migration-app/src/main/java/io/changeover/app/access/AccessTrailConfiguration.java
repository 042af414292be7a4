package io.changeover.app.access;

import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Adds to the audit trail what is no event of a changeover. */
@Configuration(proxyBeanMethods = false)
class AccessTrailConfiguration {

    @Bean
    AccessEntries accessEntries(DataSource dataSource) {
        return new AccessEntries(dataSource);
    }
}
