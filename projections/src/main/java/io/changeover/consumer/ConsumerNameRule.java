package io.changeover.consumer;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a consumer may be called. */
public final class ConsumerNameRule {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static final int MAX_LENGTH = 60;

    /** Names of those who have none, of settings beside the consumers, and of a word of the command line. */
    private static final Set<String> TAKEN =
            Set.of("anonymous", "others", "unidentified", "operator", "interval", "keep", "token");

    private ConsumerNameRule() {}

    /** What is wrong with the name, as a sentence that ends with the remedy; empty when nothing is. */
    public static Optional<String> problem(String name) {
        if (name.length() > MAX_LENGTH || !NAME.matcher(name).matches()) {
            return Optional.of(
                    "consumer '%s' must be named by lower-case words of letters and digits joined by hyphens, such as 'web-shop', with at most %d characters; rename it"
                            .formatted(name, MAX_LENGTH));
        }
        if (TAKEN.contains(name)) {
            return Optional.of(
                    "consumer '%s' has a name that stands for something else; choose another".formatted(name));
        }
        return Optional.empty();
    }
}
