package io.changeover.benchmark.invoice;

import io.changeover.catalog.EventDomain;
import io.changeover.upcast.EventStep;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes invoices known to a node. */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage
public class InvoiceDomain {

    @Bean
    EventDomain invoices() {
        return new Invoices();
    }

    /** The events of invoices. */
    private static final class Invoices implements EventDomain {

        @Override
        public String name() {
            return "invoices";
        }

        @Override
        public String owner() {
            return "the benchmark";
        }

        @Override
        public List<EventStep> steps() {
            return List.of(EventStep.from("invoice.amended", 1)
                    .to(2, payload -> payload.rename("invoice", "invoiceId").rename("cents", "minorUnits")));
        }
    }
}
