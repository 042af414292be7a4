package io.changeover.effect;

import io.changeover.view.VersionId;
import java.time.Instant;

/**
 * One call of an effect or of its compensation.
 *
 * @param key what the receiver knows a repetition by: the same however often the call is made and whichever version acts,
 *     another one for the compensation. Written {@code view/effect/event id}, followed by {@code /2} and so on where the
 *     stored event stands for several events of the class today, and by {@code /compensation}
 * @param version version that acts
 * @param effect name of the effect
 * @param position position of the event
 * @param eventId identifier of the event
 * @param time when the event happened
 * @param attempt number of this attempt, from 1; attempts that a crash has cut off count
 */
public record EffectCall(
        String key, VersionId version, String effect, long position, String eventId, Instant time, int attempt) {

    /**
     * The key of an effect.
     *
     * @param place which of several events of the class that the stored event stands for, from 1
     * @param compensation whether it is the key of what makes up for the effect
     */
    static String key(String view, String effect, String eventId, int place, boolean compensation) {
        return "%s/%s/%s%s%s"
                .formatted(view, effect, eventId, place > 1 ? "/" + place : "", compensation ? "/compensation" : "");
    }
}
