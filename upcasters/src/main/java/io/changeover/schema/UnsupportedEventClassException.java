package io.changeover.schema;

import java.util.List;

/** The JSON of an event class cannot be told from its components. A retry cannot help; the class must change. */
public final class UnsupportedEventClassException extends RuntimeException {

    private final Class<?> eventClass;
    private final List<String> problems;

    UnsupportedEventClassException(Class<?> eventClass, List<String> problems) {
        super("The schema of class '%s' cannot be derived:\n  - %s"
                .formatted(eventClass.getName(), String.join("\n  - ", problems)));
        this.eventClass = eventClass;
        this.problems = List.copyOf(problems);
    }

    /** The class whose schema was asked for; the fault may be in a record that it holds. */
    public Class<?> eventClass() {
        return eventClass;
    }

    /** Each problem as a sentence with the component, the rule and the remedy; never empty. */
    public List<String> problems() {
        return problems;
    }
}
