package io.changeover.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.changeover.upcast.EventTree;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ApprovalTest {

    @Test
    void numbers_count_by_value_also_within_a_list() {
        ObjectNode approved = object().put("total", 5);
        approved.putArray("lines").add(object().put("minorUnits", 500).put("price", new BigDecimal("5.00")));
        ObjectNode today = object().put("total", 5L);
        today.putArray("lines").add(object().put("price", 5.0).put("minorUnits", 500L));
        assertThat(Approval.same(of("order.placed", approved), of("order.placed", today)))
                .isTrue();
    }

    @Test
    void tells_each_value_that_is_another_one() {
        ObjectNode approved = object().put("total", 5).put("gone", "x");
        approved.putArray("lines").add(1);
        ObjectNode today = object().put("total", 6).putNull("added");
        today.putArray("lines").add(1).add(2);
        assertThat(Approval.difference(of("order.placed", approved), of("order.placed", today)))
                .isEqualTo(
                        "'added' was absent and is null, 'gone' was \"x\" and is absent, 'lines' was [1] and is [1,2], 'total' was 5 and is 6");
        assertThat(Approval.difference(of("order.placed", approved), List.of()))
                .isEqualTo("it was [order.placed@1] and is []");
    }

    private static List<EventTree> of(String name, ObjectNode payload) {
        return List.of(new EventTree(name, "1", payload));
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
