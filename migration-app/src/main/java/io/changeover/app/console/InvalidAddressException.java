package io.changeover.app.console;

/** What an address or a form says cannot be; nothing was done, and a try with the same never succeeds. */
final class InvalidAddressException extends RuntimeException {

    private static final int MAX_SHOWN = 60;

    /** @param message sentence with the value, the rule and the remedy */
    InvalidAddressException(String message) {
        super(message);
    }

    /** The beginning of a text, where it is too long to be told. */
    static String shortened(String text) {
        return text.length() <= MAX_SHOWN ? text : text.substring(0, MAX_SHOWN) + "...";
    }
}
