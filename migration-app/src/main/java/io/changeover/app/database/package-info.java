/**
 * The PostgreSQL that the application brings along, so that its first start needs nothing installed. Its data outlives
 * the application, crashes included; a configured {@code spring.datasource.url} takes its place.
 */
@NullMarked
package io.changeover.app.database;

import org.jspecify.annotations.NullMarked;
