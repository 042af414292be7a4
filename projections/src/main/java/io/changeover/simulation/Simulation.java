package io.changeover.simulation;

import java.util.List;
import java.util.Map;

/**
 * What the backfill of a version would take, as estimated now. Times are in seconds, sizes in bytes.
 *
 * @param version written form of the version
 * @param horizon position up to which it would go
 * @param events how many events concern the version, exactly
 * @param byName the same by the name under which they are stored
 * @param sampled how many of them were read, parsed and folded for this
 * @param waiting how many of those could not be folded, mostly because what came before them was not in the sample
 * @param seconds how long it would take where nothing holds it back, corrected by what became of earlier estimates
 * @param secondsByStage what each stage would take by itself, at the expected size and uncorrected
 * @param rows how many rows there would be
 * @param rowsBy what the number of rows is taken from, in words
 * @param tableBytes growth of the disk by the table
 * @param indexBytes growth of the disk by its key and indexes
 * @param walBytes write-ahead log that would be written, and be kept for a while
 * @param memoryBytes what the rows would take in memory at most, if all were kept there
 * @param memoryBudget what they may take; what goes beyond it is written and read back
 * @param cores share of this machine's cores that it would keep busy, from 0 to 1
 * @param connections connections that it would hold of the pool
 * @param heldBack why the throttle would hold it back now; empty where nothing does
 * @param past how far off earlier estimates were
 */
public record Simulation(
        String version,
        long horizon,
        long events,
        Map<String, Long> byName,
        long sampled,
        long waiting,
        Span seconds,
        Map<String, Double> secondsByStage,
        Span rows,
        String rowsBy,
        Span tableBytes,
        Span indexBytes,
        Span walBytes,
        Span memoryBytes,
        long memoryBudget,
        double cores,
        int connections,
        List<String> heldBack,
        PastErrors past) {}
