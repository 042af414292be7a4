package io.changeover.app.demo;

import java.util.Map;

/** Reads a view as several readers would. */
interface SampleReads {

    /** How many of that many different readers each version answered; empty when that cannot be told. */
    Map<String, Integer> count(int readers);
}
