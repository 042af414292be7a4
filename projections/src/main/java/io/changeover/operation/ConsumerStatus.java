package io.changeover.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A consumer: what it has declared, and what it was seen to read.
 *
 * @param name its name
 * @param declared whether it is declared; what it declares is empty otherwise
 * @param owner whose it is
 * @param contact whom to ask
 * @param views views and versions that it says it reads
 * @param apiVersions versions of the HTTP API that it says it asks; empty where it does not matter
 * @param freshness how old what it reads may be; null where it does not matter
 * @param readYourWrites whether it must see what it has written itself
 * @param authenticates whether it has a token of its own
 * @param lastSeen when it was noticed last; null for one that never was as long as counts are kept
 * @param reads what it was answered, by version and version of the API
 */
public record ConsumerStatus(
        String name,
        boolean declared,
        String owner,
        String contact,
        List<String> views,
        List<String> apiVersions,
        @Nullable Duration freshness,
        boolean readYourWrites,
        boolean authenticates,
        @Nullable Instant lastSeen,
        List<ConsumerRead> reads) {}
