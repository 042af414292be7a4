package io.changeover.projections.autoconfigure;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How versions that have been superseded end.
 *
 * @param notice time between the decision and the end of a version at least, so that consumers can move
 */
@ConfigurationProperties("changeover.sunset")
record SunsetProperties(@DefaultValue("7d") Duration notice) {}
