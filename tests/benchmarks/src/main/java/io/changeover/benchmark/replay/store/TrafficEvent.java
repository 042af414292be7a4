package io.changeover.benchmark.replay.store;

/**
 * One event of a multiplied store.
 *
 * @param position its position, from 1 without gaps
 * @param copy what the keys of its copy begin with
 * @param template the event that it copies
 * @param sequence its number within its aggregate
 * @param form how it is stored
 */
record TrafficEvent(long position, CopyPrefix copy, TemplateEvent template, long sequence, Form form) {}
