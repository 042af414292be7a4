/** The signals of the throttle against a real database and a real pool. */
package io.changeover.throttle;
