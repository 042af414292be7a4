package io.changeover.operation;

import io.changeover.view.VersionId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The verbs about the end of superseded versions. A version need not be declared any more, but its view must be, or
 * {@link io.changeover.view.UnknownVersionException} says so.
 */
public interface SunsetOperations {

    /** All superseded versions of the view, oldest first. */
    List<RetirementStatus> retirements(String view);

    /**
     * One superseded version.
     *
     * @throws OperationRefusedException when it has not been superseded
     */
    RetirementStatus retirement(VersionId version);

    /**
     * Settles from when on a superseded version is not answered any more; asked again, the later answer counts.
     *
     * @param at from when on, cut to whole seconds, since clients are told no finer
     * @param link address of a page for those who must move, or null
     * @throws OperationRefusedException when it has not been superseded, the time leaves clients too little notice, or the
     *     link is none
     */
    RetirementStatus schedule(VersionId version, Instant at, @Nullable String link, Request request);

    /**
     * Lets a superseded version be answered without an end again; repeated, it changes nothing.
     *
     * @throws OperationRefusedException when it has not been superseded
     */
    RetirementStatus withdraw(VersionId version, Request request);
}
