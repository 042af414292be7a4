/** Orders and accounts over HTTP. Which version of a view answers is not known here. */
@NullMarked
package io.changeover.examples.orders.web;

import org.jspecify.annotations.NullMarked;
