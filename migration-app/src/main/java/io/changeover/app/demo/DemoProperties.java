package io.changeover.app.demo;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The demonstration.
 *
 * @param enabled whether it runs after the start
 * @param view view that is changed over
 * @param to version that takes over
 * @param samplePath address below this server that reads the view, asked as many different readers to count which
 *     version answers
 */
@ConfigurationProperties("changeover.demo")
record DemoProperties(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("order-board") String view,
        @DefaultValue("2") int to,
        @DefaultValue("/orders?limit=1") String samplePath) {}
