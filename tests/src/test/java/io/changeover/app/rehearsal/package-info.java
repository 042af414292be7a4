/** What rehearsals are made of, on databases of the tests. */
@NullMarked
package io.changeover.app.rehearsal;

import org.jspecify.annotations.NullMarked;
