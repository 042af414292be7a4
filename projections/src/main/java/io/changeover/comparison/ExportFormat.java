package io.changeover.comparison;

/** A form in which all differences of a comparison can be carried away. */
public enum ExportFormat {
    /** Comma-separated values as RFC 4180 has them, with a header line. */
    CSV("text/csv;charset=UTF-8"),
    /** One JSON object on each line. */
    JSONL("application/jsonl;charset=UTF-8");

    private final String mediaType;

    ExportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** Its media type with the encoding. */
    public String mediaType() {
        return mediaType;
    }
}
