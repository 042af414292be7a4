package io.changeover.operation;

import io.changeover.consumer.ObservedDay;
import java.util.List;

/**
 * One consumer with what it has read on each day.
 *
 * @param consumer the consumer
 * @param days its days, the latest first; at most 1,000
 */
public record ConsumerHistory(ConsumerStatus consumer, List<ObservedDay> days) {}
