package io.changeover.projections.autoconfigure;

import io.changeover.reconcile.ReconciliationOptions;
import io.changeover.reconcile.VersionPair;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How versions of a view are kept compared while they live.
 *
 * @param enabled whether this node does it by itself; asked for by name it is done all the same
 * @param pairs pairs to compare besides those of open changeovers and of versions that live, each written
 *     order-board@1:order-board@2; a foreign version is compared only where it is named here
 * @param interval time between two looks at what events have touched
 * @param fullAt time of day in UTC from which all rows are compared once a day, such as 03:00; 'never' for only when a
 *     pair is new or a version was built anew
 * @param alertAbove number of differing rows of a pair above which it is called a drift
 * @param stretch positions that one look covers at most
 * @param batch homes that are compared at one instant
 * @param keptRows differing rows of a pair that are kept one by one; further ones are counted
 * @param lease time after which another node takes over from one that has not been heard of
 */
@ConfigurationProperties("changeover.reconcile")
record ReconciliationProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue List<String> pairs,
        @DefaultValue("10s") Duration interval,
        @DefaultValue("03:00") String fullAt,
        @DefaultValue("0") long alertAbove,
        @DefaultValue("100000") long stretch,
        @DefaultValue("2000") int batch,
        @DefaultValue("10000") int keptRows,
        @DefaultValue("1m") Duration lease) {

    private static final String NEVER = "never";

    /** @throws IllegalArgumentException when a value cannot be understood or lies outside of its bounds */
    ReconciliationOptions options() {
        return new ReconciliationOptions(
                pairs.stream().map(VersionPair::parse).toList(),
                interval,
                time(),
                alertAbove,
                stretch,
                batch,
                keptRows,
                lease);
    }

    private @Nullable LocalTime time() {
        try {
            return fullAt.equals(NEVER) ? null : LocalTime.parse(fullAt);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "changeover.reconcile.full-at is '%s' but must be a time of day in UTC such as '03:00', or 'never'; correct it"
                            .formatted(fullAt),
                    e);
        }
    }
}
