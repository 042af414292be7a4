package io.changeover.projections.autoconfigure;

import io.changeover.projection.HandlerSession;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;

/** For applications with JPA, whose sessions hold changes back until they are flushed. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({EntityManagerFactory.class, EntityManagerFactoryUtils.class})
class JpaHandlerConfiguration {

    /**
     * Flushed, so that a failure is that of its event, and so that the next event's statements see the changes; cleared,
     * so that its queries do not find what the statements have made stale, and memory stays that of one event.
     */
    @Bean
    @ConditionalOnSingleCandidate(EntityManagerFactory.class)
    HandlerSession jpaHandlerSession(EntityManagerFactory factory) {
        return () -> {
            EntityManager session = EntityManagerFactoryUtils.getTransactionalEntityManager(factory);
            if (session != null) {
                session.flush();
                session.clear();
            }
        };
    }
}
