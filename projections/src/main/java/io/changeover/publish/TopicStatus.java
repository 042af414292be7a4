package io.changeover.publish;

import org.jspecify.annotations.Nullable;

/**
 * How a topic stands, as one node sees it.
 *
 * @param topic the topic
 * @param publishing whether this node publishes it and gets on
 * @param position position up to which this node knows everything to be on it; 0 where it has not published it
 * @param failure why this node does not get on with it, with what to do, or null
 */
public record TopicStatus(Topic topic, boolean publishing, long position, @Nullable String failure) {}
