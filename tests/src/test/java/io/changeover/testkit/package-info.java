/** What tests of several capabilities share: a real PostgreSQL, and events written into it by hand. */
package io.changeover.testkit;
