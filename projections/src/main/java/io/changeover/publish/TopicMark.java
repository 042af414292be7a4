package io.changeover.publish;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Says how far a topic is complete: who has read each partition up to its offset has every event of the topic up to the
 * position. A partition alone cannot say so, as it holds nothing of the events that lie in others. Marks lie on a topic of
 * their own, and each is written in the transaction of the records that it is about.
 *
 * @param topic identifier that the brokers gave the topic: one that was made anew has other offsets
 * @param position position up to which everything is on the topic
 * @param offsets for each partition the offset after its last record up to there, by the partition's number
 */
public record TopicMark(String topic, long position, List<Long> offsets) {

    private static final Pattern FORM = Pattern.compile(
            "\\{\"topic\":\"([A-Za-z0-9_-]{1,64})\",\"position\":(\\d{1,18}),\"offsets\":\\[(\\d{1,18}(?:,\\d{1,18})*)]}");

    /** Copies the offsets. */
    public TopicMark {
        offsets = List.copyOf(offsets);
    }

    static TopicMark of(String topic, long position, long[] offsets) {
        return new TopicMark(topic, position, LongStream.of(offsets).boxed().toList());
    }

    /** Name of the topic on which the marks of a topic lie. */
    public static String topicOf(String topic) {
        return topic + ".marks";
    }

    /** Its written form: JSON. */
    public byte[] written() {
        return "{\"topic\":\"%s\",\"position\":%d,\"offsets\":[%s]}"
                .formatted(
                        topic, position, offsets.stream().map(String::valueOf).collect(Collectors.joining(",")))
                .getBytes(US_ASCII);
    }

    /**
     * Reads what {@link #written} wrote.
     *
     * @throws IllegalArgumentException when it is no mark; the message shows how it begins
     */
    public static TopicMark read(byte @Nullable [] written) {
        String text = written == null ? "" : new String(written, US_ASCII);
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no mark of a topic, which has the form {\"topic\":\"...\",\"position\":1,\"offsets\":[1,0]}; somebody else writes to that topic, have them write elsewhere"
                            .formatted(text.substring(0, Math.min(100, text.length()))));
        }
        return new TopicMark(
                matcher.group(1),
                Long.parseLong(matcher.group(2)),
                List.of(matcher.group(3).split(",")).stream().map(Long::valueOf).toList());
    }
}
