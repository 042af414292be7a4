/** Tests of the kit, on parcels and on steps that are wrong on purpose. */
@NullMarked
package io.changeover.kit;

import org.jspecify.annotations.NullMarked;
