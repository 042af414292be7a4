/** The order of release 1 as it was written then: what an application that is rolled back to that release runs. */
package io.changeover.examples.release1;
