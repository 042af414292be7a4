package io.changeover.comparison;

import org.springframework.dao.DataAccessException;

/** What a range found cannot be written. The cause says whether a retry can help. */
final class RangeFailedException extends RuntimeException {

    private final DataAccessException failure;

    RangeFailedException(DataAccessException failure) {
        super(failure);
        this.failure = failure;
    }

    DataAccessException failure() {
        return failure;
    }
}
