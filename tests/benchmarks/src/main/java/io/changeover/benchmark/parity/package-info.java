/**
 * Comparing two versions of a view, measured: this project's engine against the bare SQL join and against a program
 * written by hand, on the same tables in one run, and what it does to memory, live processing and the CPU. Every
 * comparison must find exactly what was planted.
 */
@NullMarked
package io.changeover.benchmark.parity;

import org.jspecify.annotations.NullMarked;
