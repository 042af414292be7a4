package io.changeover.consumer;

import io.changeover.view.Versions;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The declared consumers. Immutable and safe for use by several threads. */
public final class ConsumerCatalogue {

    private final Map<String, Consumer> byName = new TreeMap<>();
    private final Map<String, byte[]> hashes = new TreeMap<>();

    private ConsumerCatalogue(Collection<Consumer> consumers) {
        for (Consumer consumer : consumers) {
            byName.put(consumer.name(), consumer);
            if (!consumer.tokenHash().isEmpty()) {
                hashes.put(consumer.name(), HexFormat.of().parseHex(consumer.tokenHash()));
            }
        }
    }

    /**
     * The catalogue of these consumers, which read views of these versions.
     *
     * @throws InvalidConsumersException with every problem there is, when there is one
     */
    public static ConsumerCatalogue of(Collection<Consumer> consumers, Versions versions) {
        List<String> problems = new ConsumerCheck(versions).problems(consumers);
        if (!problems.isEmpty()) {
            throw new InvalidConsumersException(problems);
        }
        return new ConsumerCatalogue(consumers);
    }

    /** All, by name. */
    public List<Consumer> all() {
        return List.copyOf(byName.values());
    }

    /** The consumer of that name, or empty when none is declared. */
    public Optional<Consumer> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Whether such a read is declared. */
    public boolean declares(String consumer, String view, int version, String apiVersion) {
        return find(consumer)
                .filter(declared -> declared.declares(view, version, apiVersion))
                .isPresent();
    }

    /** The consumer that authenticates by the token, or empty for a token of nobody. Takes the same time for each token. */
    public Optional<Consumer> authenticate(ConsumerToken token) {
        byte[] digest = token.digest();
        String found = null;
        for (Map.Entry<String, byte[]> hash : hashes.entrySet()) {
            if (MessageDigest.isEqual(hash.getValue(), digest)) {
                found = hash.getKey(); // and no end of the loop, which would tell how far it was
            }
        }
        return found == null ? Optional.empty() : find(found);
    }
}
