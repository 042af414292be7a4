package io.changeover.projection;

import java.util.List;

/**
 * What a rebuild changes in one home. Rows are instances of the version's row record, as they are: nothing is masked.
 *
 * @param home home of the rows, as text
 * @param before its rows before
 * @param after its rows after
 */
public record HomeChange(String home, List<Object> before, List<Object> after) {}
