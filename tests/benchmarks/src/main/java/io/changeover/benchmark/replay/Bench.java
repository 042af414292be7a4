package io.changeover.benchmark.replay;

import io.changeover.benchmark.bench.Report;
import io.changeover.benchmark.replay.store.Server;
import io.changeover.benchmark.replay.store.Stores;

/**
 * What every experiment works with.
 *
 * @param options what to measure
 * @param server the database server
 * @param stores event stores on it
 * @param report where figures go
 */
record Bench(ReplayOptions options, Server server, Stores stores, Report report) {}
