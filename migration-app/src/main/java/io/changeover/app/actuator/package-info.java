/** What Actuator tells of views and changeovers: readiness by view, a summary of changeovers, and what runs here. */
@NullMarked
package io.changeover.app.actuator;

import org.jspecify.annotations.NullMarked;
