package io.changeover.web;

import java.io.Serial;

/** A request header that cannot be understood, or names what there is not. */
final class MalformedHeaderException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 100;

    private final String header;

    /**
     * @param rule what the value must be, and what to do
     */
    MalformedHeaderException(String header, String value, String rule) {
        super("Header %s is '%s' but must be %s".formatted(header, shown(value), rule));
        this.header = header;
    }

    String header() {
        return header;
    }

    private static String shown(String value) {
        return value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...";
    }
}
