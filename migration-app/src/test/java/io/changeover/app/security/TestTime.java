package io.changeover.app.security;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The time of tests that start a part of the application only; found by whoever scans this package. */
@Configuration(proxyBeanMethods = false)
class TestTime {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
