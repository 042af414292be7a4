package io.changeover.app.access;

import io.changeover.app.security.AccessTokens;
import io.changeover.app.security.AccessTrail;
import io.changeover.app.security.People;
import io.changeover.stream.OrderedStream;
import io.changeover.terminal.Notice;
import java.security.SecureRandom;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.crypto.password.PasswordEncoder;

@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    private static final int BEFORE_THE_DOMAIN = -2000;

    /** @param migrated the tables are there once this is */
    @Bean
    People people(DataSource dataSource, OrderedStream migrated, AccessTrail trail, Clock clock) {
        return new StoredPeople(dataSource, trail, clock);
    }

    /** @param migrated the tables are there once this is */
    @Bean
    AccessTokens accessTokens(DataSource dataSource, OrderedStream migrated, AccessTrail trail, Clock clock) {
        return new StoredAccessTokens(dataSource, trail, clock);
    }

    @Bean
    AccessTrail accessTrail(DataSource dataSource, Clock clock) {
        return new StoredTrail(dataSource, clock);
    }

    @Bean
    @Order(BEFORE_THE_DOMAIN)
    ApplicationRunner firstAdmin(People people, PasswordEncoder encoder) {
        return arguments -> new FirstAdmin(people, encoder, new SecureRandom()).addIfAlone(Notice::print);
    }
}
