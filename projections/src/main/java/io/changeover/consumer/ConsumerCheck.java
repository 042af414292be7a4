package io.changeover.consumer;

import io.changeover.view.InvalidVersionIdException;
import io.changeover.view.VersionDefinition;
import io.changeover.view.VersionId;
import io.changeover.view.Versions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds what is wrong with declared consumers, all of it. */
final class ConsumerCheck {

    private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

    private final Versions versions;

    ConsumerCheck(Versions versions) {
        this.versions = versions;
    }

    List<String> problems(Collection<Consumer> consumers) {
        List<String> problems = new ArrayList<>();
        Map<String, String> byHash = new TreeMap<>();
        for (Consumer consumer : consumers) {
            Optional<String> name = ConsumerNameRule.problem(consumer.name());
            if (name.isPresent()) {
                problems.add(name.get());
                continue; // the rest could only be told under a name that is going to change
            }
            check(consumer, problems);
            if (!consumer.tokenHash().isEmpty()) {
                String twin = byHash.putIfAbsent(consumer.tokenHash().toLowerCase(Locale.ROOT), consumer.name());
                if (twin != null) {
                    problems.add(
                            "consumers '%s' and '%s' have the same token hash, so one could not be told from the other; make a token for each with 'changeover consumers token NAME'"
                                    .formatted(twin, consumer.name()));
                }
            }
        }
        return problems;
    }

    private void check(Consumer consumer, List<String> problems) {
        String name = consumer.name();
        if (consumer.owner().isBlank()) {
            problems.add("consumer '%s' has no owner; say whose it is with changeover.consumers.%s.owner"
                    .formatted(name, name));
        }
        if (consumer.views().isEmpty()) {
            problems.add("consumer '%s' reads no view; name those that it reads with changeover.consumers.%s.views"
                    .formatted(name, name));
        }
        consumer.views().forEach(view -> unknown(name, view).ifPresent(problems::add));
        if (consumer.freshness() != null
                && (consumer.freshness().isNegative() || consumer.freshness().isZero())) {
            problems.add("consumer '%s' has freshness %s, which must be greater than zero; correct it or leave it out"
                    .formatted(name, consumer.freshness()));
        }
        if (!consumer.tokenHash().isEmpty()
                && !HASH.matcher(consumer.tokenHash()).matches()) {
            problems.add(
                    "consumer '%s' has a token hash of %d characters, which must be the 64 hexadecimal digits of a SHA-256; make a token and its hash with 'changeover consumers token %s'"
                            .formatted(name, consumer.tokenHash().length(), name));
        }
    }

    private Optional<String> unknown(String name, String read) {
        int at = read.indexOf('@');
        String view = at < 0 ? read : read.substring(0, at);
        List<VersionDefinition> known = versions.of(view);
        if (known.isEmpty()) {
            return Optional.of("consumer '%s' reads view '%s', which is not declared; the declared views are: %s"
                    .formatted(name, view, String.join(", ", versions.views())));
        }
        if (at < 0) {
            return Optional.empty();
        }
        try {
            if (versions.find(VersionId.parse(read)).isPresent()) {
                return Optional.empty();
            }
        } catch (InvalidVersionIdException e) {
            // What is no version is none of the view's versions either.
        }
        return Optional.of("consumer '%s' reads '%s', which is not declared; the versions of view '%s' are: %s"
                .formatted(
                        name,
                        read,
                        view,
                        known.stream()
                                .map(version -> Integer.toString(version.id().version()))
                                .collect(Collectors.joining(", "))));
    }
}
