/**
 * The shape of events as JSON Schema: derived from classes, inferred from samples, compared in plain words and kept in a
 * file, so that a change of shape is seen by people and refused by a build before an event of it is stored.
 */
@NullMarked
package io.changeover.schema;

import org.jspecify.annotations.NullMarked;
