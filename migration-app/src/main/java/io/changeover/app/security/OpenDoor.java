package io.changeover.app.security;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Looks whether what people and programs prove themselves by can be read on the way. */
final class OpenDoor {

    private OpenDoor() {}

    /**
     * What to say at the start; empty where nothing is wrong.
     *
     * @param address address that the server listens at; blank for all of the machine
     * @param encrypted whether it speaks TLS itself
     */
    static Optional<String> warning(String address, boolean encrypted) {
        return encrypted || isLoopback(address)
                ? Optional.empty()
                : Optional.of(
                        "The server listens at '%s' without TLS, so passwords and tokens can be read on the way; set server.ssl, or let it listen at 127.0.0.1 behind a proxy that speaks TLS"
                                .formatted(address));
    }

    private static boolean isLoopback(String address) {
        try {
            return !address.isBlank() && InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false; // the web server says what is wrong with it
        }
    }
}
