package io.changeover.app.security;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;

/**
 * How people can sign in besides by a password.
 *
 * @param providers where they can prove who they are; empty unless one is configured
 */
public record SignInWays(List<Provider> providers) {

    /**
     * Somebody else who knows people.
     *
     * @param name what people call it
     * @param address address of this server that leads there
     */
    public record Provider(String name, String address) {}

    /** Copies the list. */
    public SignInWays {
        providers = List.copyOf(providers);
    }

    static SignInWays of(@Nullable ClientRegistrationRepository known) {
        List<Provider> providers = new ArrayList<>();
        if (known instanceof Iterable<?> all) {
            for (Object each : all) {
                if (each instanceof ClientRegistration provider) {
                    providers.add(new Provider(
                            provider.getClientName(), "/oauth2/authorization/" + provider.getRegistrationId()));
                }
            }
        }
        return new SignInWays(providers);
    }
}
