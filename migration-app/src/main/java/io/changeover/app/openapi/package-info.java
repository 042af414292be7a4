/** What the HTTP APIs of this application offer, as OpenAPI documents: one for each version of the team's, one for operators. */
@NullMarked
package io.changeover.app.openapi;

import org.jspecify.annotations.NullMarked;
