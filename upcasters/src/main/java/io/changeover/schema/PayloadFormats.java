package io.changeover.schema;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.format.Format;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** Formats that JSON Schema leaves to applications and the validator would let pass unread. */
final class PayloadFormats {

    private record Checked(String name, Predicate<JsonNode> concerns, Predicate<JsonNode> check) implements Format {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean matches(ExecutionContext execution, SchemaContext schema, JsonNode value) {
            return !concerns.test(value) || check.test(value);
        }
    }

    private PayloadFormats() {}

    static List<Format> all() {
        return List.of(
                new Checked("int32", JsonNode::isNumber, JsonNode::canConvertToInt),
                new Checked("int64", JsonNode::isNumber, JsonNode::canConvertToLong),
                text(TextFormat.LOCAL_DATE_TIME),
                text(TextFormat.LOCAL_TIME));
    }

    private static Format text(TextFormat format) {
        return new Checked(format.keyword(), JsonNode::isString, value -> format.fits(value.stringValue()));
    }
}
