package io.changeover.app.security;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The HTTP API.
 *
 * @param token token that operators send, 32 to 200 letters, digits, hyphens or underscores; by default the one in the
 *     token file
 * @param tokenFile file of the token that is generated at the first start, readable by its owner alone
 */
@ConfigurationProperties("changeover.api")
record ApiProperties(@Nullable String token, @DefaultValue("changeover-data/api-token") Path tokenFile) {

    @Override
    public String toString() {
        return "ApiProperties[tokenFile=%s]".formatted(tokenFile);
    }
}
