/** Which part may know which, checked on the compiled classes. */
package io.changeover.architecture;
