package io.changeover.examples.orders;

import io.changeover.examples.orders.steelwheels.ImportOptions;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The import of the Steel Wheels data at start.
 *
 * @param enabled whether to import at start what is not in the store yet
 * @param copies how many copies to import, each with keys of its own; 1 has about 4,200 events, 250 about a million.
 *     Raising it later adds the missing copies
 * @param batchSize commands in one transaction
 */
@ConfigurationProperties("orders.import")
public record OrdersImportProperties(
        @DefaultValue("true") boolean enabled, @DefaultValue("1") int copies, @DefaultValue("400") int batchSize) {

    ImportOptions options() {
        return new ImportOptions(copies, batchSize);
    }
}
