package io.changeover.app.security;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Slows down whoever guesses passwords. Attempts count for a name at an address, and for an address whatever the name;
 * never for a name alone, or anybody could lock its owner out from elsewhere. After the first few, each waits twice as
 * long as the one before. Keeps a bounded number of both, and forgets what has rested.
 */
final class SignInThrottle {

    private static final int FREE_FOR_NAME = 5;
    private static final int FREE_FOR_ADDRESS = 30;
    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final int DOUBLINGS = 10;
    private static final int MOST = 10_000;
    private static final int LONGEST_NAME = 100;
    private static final int NETWORK_BYTES = 8;

    private record Attempts(int count, Instant next, Instant last) {}

    private final Clock clock;
    private final Map<String, Attempts> kept = new LinkedHashMap<>(16, 0.75f, true);

    SignInThrottle(Clock clock) {
        this.clock = clock;
    }

    /**
     * Counts an attempt before it is known how it ends, so that many at once gain nothing.
     *
     * @return how long to wait instead; empty when it may be made
     */
    synchronized Optional<Duration> attempt(String name, String address) {
        Instant now = clock.instant();
        String forAddress = network(address);
        String forName = key(name, forAddress);
        Instant next = later(next(forName, now), next(forAddress, now));
        if (next.isAfter(now)) {
            return Optional.of(Duration.between(now, next));
        }
        count(forName, FREE_FOR_NAME, now);
        count(forAddress, FREE_FOR_ADDRESS, now);
        return Optional.empty();
    }

    /** The attempt has ended well; what the address has done under other names still counts. */
    synchronized void succeeded(String name, String address) {
        String forAddress = network(address);
        kept.remove(key(name, forAddress));
        kept.computeIfPresent(
                forAddress,
                (key, attempts) -> attempts.count() <= 1
                        ? null
                        : new Attempts(attempts.count() - 1, attempts.last(), attempts.last()));
    }

    /** How many names and addresses are kept. */
    synchronized int size() {
        return kept.size();
    }

    private Instant next(String key, Instant now) {
        Attempts attempts = kept.get(key);
        if (attempts != null && attempts.last().plus(LONGEST).plus(LONGEST).isBefore(now)) {
            kept.remove(key);
            return now;
        }
        return attempts == null ? now : attempts.next();
    }

    private void count(String key, int free, Instant now) {
        Attempts before = kept.get(key);
        int count = before == null ? 1 : before.count() + 1;
        Duration wait = count < free ? Duration.ZERO : Duration.ofSeconds(1L << Math.min(count - free, DOUBLINGS));
        kept.put(key, new Attempts(count, now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait), now));
        if (kept.size() > MOST) {
            kept.remove(kept.keySet().iterator().next());
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static String key(String name, String network) {
        return (name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name) + '\n' + network;
    }

    /** A whole network of the sixth version belongs to one customer, who may take another address for each attempt. */
    private static String network(String address) {
        try {
            // What holds a colon is parsed, and nobody is asked for it.
            if (address.indexOf(':') >= 0 && InetAddress.getByName(address) instanceof Inet6Address six) {
                return Arrays.toString(Arrays.copyOf(six.getAddress(), NETWORK_BYTES));
            }
        } catch (UnknownHostException e) {
            return address; // as good a name of it as any
        }
        return address;
    }
}
