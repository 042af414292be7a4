package io.changeover.benchmark.replay.store;

import java.util.List;

/**
 * One event of the example in every form in which a release would have stored it.
 *
 * @param aggregateType type of its aggregate
 * @param aggregateId key of its aggregate, without the prefix of a copy
 * @param sequence its number within the aggregate
 * @param current today's form
 * @param old the forms of earlier releases that differ from today's, at least one
 */
record TemplateEvent(String aggregateType, String aggregateId, long sequence, Form current, List<Form> old) {}
