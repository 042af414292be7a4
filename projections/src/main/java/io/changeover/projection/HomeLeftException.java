package io.changeover.projection;

/** A witness does not want a home to be written, so that it stays as it is; the rebuild goes on with the next. */
public final class HomeLeftException extends RuntimeException {

    /** @param reason why, as a clause for whoever reads the result */
    public HomeLeftException(String reason) {
        super(reason);
    }
}
