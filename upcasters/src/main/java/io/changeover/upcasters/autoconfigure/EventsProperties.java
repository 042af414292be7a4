package io.changeover.upcasters.autoconfigure;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of events.
 *
 * @param laterRelease jars of a later release whose events are in the store, for an application that was rolled back
 *     behind it: what that release wrote is read through its ways down. Empty where the application is the latest
 * @param validateOnAppend whether each event is held against the schema of its class before it is stored; costs writing
 *     it to JSON once more
 */
@ConfigurationProperties("changeover.events")
record EventsProperties(@DefaultValue List<Path> laterRelease, @DefaultValue("false") boolean validateOnAppend) {}
