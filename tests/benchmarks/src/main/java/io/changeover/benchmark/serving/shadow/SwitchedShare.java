package io.changeover.benchmark.serving.shadow;

import io.changeover.benchmark.serving.read.InvoiceBoard;
import io.changeover.serving.Router;
import io.changeover.serving.ViewSettings;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Puts a router in the place of the node's own whose share of shadow reads can be changed while it runs, so that windows
 * with and without them are those of one node.
 */
@Configuration(proxyBeanMethods = false)
class SwitchedShare {

    @Bean
    static Switch shareSwitch() {
        return new Switch();
    }

    /** Changes the share. */
    static final class Switch implements BeanPostProcessor {

        private volatile double share;
        private volatile Router own = new Router();
        private volatile Router switched = own;

        @Override
        public Object postProcessAfterInitialization(Object bean, String beanName) {
            if (!(bean instanceof Router)) {
                return bean;
            }
            own = (Router) bean;
            switched = new Router(this::settings, null);
            return switched;
        }

        private ViewSettings settings(String view) {
            ViewSettings settings = own.settings(view);
            return new ViewSettings(settings.serve(), settings.cannotFollow(), share, settings.timeLimit());
        }

        /** From here on this share of calls is asked of the other version too. */
        void to(double next) {
            share = next;
            switched.apply(switched.state(InvoiceBoard.VIEW).orElseThrow());
        }
    }
}
