package io.changeover.sample;

/** A file of samples cannot be read as one. A retry helps once the file is corrected. */
public final class InvalidSampleException extends RuntimeException {

    private final String label;
    private final String rule;

    InvalidSampleException(String label, String rule) {
        super("Sample '%s' %s; correct the file, or mine it again".formatted(label, rule));
        this.label = label;
        this.rule = rule;
    }

    /** The same fault, told of the file in which it is: many samples have one label. */
    InvalidSampleException in(Object file) {
        return new InvalidSampleException(file.toString(), rule);
    }

    /** What the sample is called, or its file where it was read from one. */
    public String label() {
        return label;
    }
}
