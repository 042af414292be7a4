/** A small domain with a past: what teams that use the kit have more of. */
@NullMarked
package io.changeover.kit.parcel;

import org.jspecify.annotations.NullMarked;
