package io.changeover.domain.autoconfigure.sample;

import io.changeover.event.EventType;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;

/** A domain's jar as a team would write it: it makes its own package known, and nothing else. */
@Configuration(proxyBeanMethods = false)
@AutoConfigurationPackage
public class SampleDomain {

    /** Found although nothing names it. */
    @EventType(name = "sample.opened")
    public record Opened(String id) {}

    /** Found although it is hidden in its package. */
    @EventType(name = "sample.closed", revision = 2)
    record Closed(String id) {}

    /** Not an event. */
    public record Plain(String id) {}
}
