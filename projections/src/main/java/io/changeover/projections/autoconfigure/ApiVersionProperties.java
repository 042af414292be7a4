package io.changeover.projections.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How clients choose a version of the application's HTTP API. Nothing of this holds where the application configures
 * 'spring.mvc.apiversion.use', or has an ApiVersionResolver of its own.
 *
 * @param header name of the request header that names the version
 * @param defaultVersion version for clients that name none, unless 'spring.mvc.apiversion.default' names one or
 *     'spring.mvc.apiversion.required' is set
 */
@ConfigurationProperties("changeover.api-versions")
record ApiVersionProperties(@DefaultValue("API-Version") String header, @DefaultValue("1") String defaultVersion) {}
