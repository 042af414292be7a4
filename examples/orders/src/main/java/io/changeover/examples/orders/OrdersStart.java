package io.changeover.examples.orders;

import io.changeover.examples.orders.steelwheels.OrdersImporter;
import io.changeover.examples.orders.traffic.LiveTraffic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/** Imports first and lets traffic begin only then, because traffic needs the customers. */
final class OrdersStart implements ApplicationRunner {

    private static final Logger LOG = LoggerFactory.getLogger(OrdersStart.class);

    private final ObjectProvider<OrdersImporter> importer;
    private final ObjectProvider<LiveTraffic> traffic;

    OrdersStart(ObjectProvider<OrdersImporter> importer, ObjectProvider<LiveTraffic> traffic) {
        this.importer = importer;
        this.traffic = traffic;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        importer.ifAvailable(each -> each.run().lines().forEach(LOG::info));
        traffic.ifAvailable(LiveTraffic::start);
    }
}
