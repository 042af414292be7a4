package io.changeover.app.database;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The embedded PostgreSQL, which runs unless {@code spring.datasource.url} is set.
 *
 * @param dataFolder folder of its data, below the working directory unless absolute. Files that belong to it stand beside
 *     it and begin with its name.
 * @param port port on 127.0.0.1; 0 takes a free one
 * @param startTimeout how long a start may take, which after a crash includes the recovery of the data
 */
@ConfigurationProperties("changeover.embedded")
public record EmbeddedProperties(
        @DefaultValue("changeover-data/postgres") Path dataFolder,
        @DefaultValue("0") int port,
        @DefaultValue("5m") Duration startTimeout) {}
