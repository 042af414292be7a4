package io.changeover.app.api;

/** A request does not say what it has to. A retry cannot help. */
final class InvalidRequestException extends RuntimeException {

    private final String type;

    /**
     * @param type short stable name of the problem
     * @param message sentence with the value, the rule and the remedy
     */
    InvalidRequestException(String type, String message) {
        super(message);
        this.type = type;
    }

    String type() {
        return type;
    }
}
