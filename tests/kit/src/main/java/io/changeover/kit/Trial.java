package io.changeover.kit;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What came of one payload on its way between two revisions.
 *
 * @param payload as it was sent, examples included
 * @param checks how many checks it went through, the failed one included
 * @param arrived whether it came to the other revision
 * @param refusal why a step refused it, as the step may; null when it did not
 * @param fault what is wrong; null when nothing is
 */
record Trial(ObjectNode payload, int checks, boolean arrived, @Nullable String refusal, @Nullable Fault fault) {

    /** Something wrong: which rule is broken, and how. */
    record Fault(Rule rule, String expected, String actual) {}

    /** What must hold for every payload, and what to do where it does not. */
    enum Rule {
        EXAMPLES_FIT(
                "a payload with the examples of the steps must fit the schema of its own revision",
                "correct the examples, or the step that they are brought back through"),
        GETS_THERE(
                "the way there must not fail",
                "correct the step, or give examples of the values that it takes",
                "correct the step, or let it refuse by a StepRefusedException what earlier readers do not know"),
        REPEATS(
                "the same payload must give the same bytes each time",
                "take what differs from the payload, its metadata or its time instead"),
        FITS("the result must fit the schema of its revision", "correct the step, or the schema if that is wrong"),
        GETS_BACK("the way back must not fail", "let the way back take everything that the way there makes"),
        IS_THE_SAME(
                "the way there and back must give the same payload",
                "correct the way back, or declare what the way there loses"),
        IS_REACHED(
                "at least one payload must arrive",
                "correct or remove the case that leads there, or give examples that do",
                "give examples that earlier readers know, or declare the step withoutWayDown");

        private final String sentence;
        private final String remedyUp;
        private final String remedyDown;

        Rule(String sentence, String remedy) {
            this(sentence, remedy, remedy);
        }

        Rule(String sentence, String remedyUp, String remedyDown) {
            this.sentence = sentence;
            this.remedyUp = remedyUp;
            this.remedyDown = remedyDown;
        }

        String sentence() {
            return sentence;
        }

        String remedy(boolean up) {
            return up ? remedyUp : remedyDown;
        }
    }
}
