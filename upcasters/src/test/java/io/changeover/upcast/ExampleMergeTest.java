package io.changeover.upcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExampleMergeTest {

    @Test
    void only_what_the_examples_change_is_taken() {
        ObjectNode payload = json("{'kept': 1, 'forgotten': 2, 'deep': {'x': 'raw', 'y': 3}, 'list': [{'z': 4}]}");

        ExampleMerge.into(
                payload,
                json("{'kept': 1, 'deep': {'x': 'raw'}, 'list': [{'z': 4}], 'made up': 5}"),
                json("{'kept': 1, 'deep': {'x': 'example'}, 'list': [{'z': 6}], 'made up': 5}"));

        assertThat(payload)
                .isEqualTo(json("{'kept': 1, 'forgotten': 2, 'deep': {'x': 'example', 'y': 3}, 'list': [{'z': 6}]}"));
    }

    @Test
    void a_field_that_examples_add_or_remove_is_added_or_removed() {
        ObjectNode payload = json("{'removed': 1}");

        ExampleMerge.into(payload, json("{'removed': 1}"), json("{'added': 2}"));

        assertThat(payload).isEqualTo(json("{'added': 2}"));
    }

    @Test
    void a_list_of_another_length_is_taken_whole() {
        ObjectNode payload = json("{'list': [1, 2]}");

        ExampleMerge.into(payload, json("{'list': [1, 2]}"), json("{'list': [3]}"));

        assertThat(payload).isEqualTo(json("{'list': [3]}"));
    }

    @Test
    void examples_do_not_hide_what_a_way_down_forgets() {
        EventStep step = EventStep.from("payment.received", 1)
                .to(2, changes -> changes.custom("forgetful", payload -> {}, payload -> payload.remove("note"))
                        .convert("amount", Conversions.numberToMoneyRounded("USD", 2, RoundingMode.HALF_UP)));
        ObjectNode payload = json("{'amount': 1.23456, 'note': 'kept'}");

        step.exemplifyUp(payload, new Random(1));

        assertThat(payload.path("amount").decimalValue().stripTrailingZeros().scale())
                .isLessThan(3);
        assertThat(payload.path("note").asString()).isEqualTo("kept");
    }

    @Test
    void each_value_of_a_list_or_map_gets_an_example_of_its_own() {
        EventStep step = EventStep.from("payment.received", 1)
                .to(2, changes -> changes.convertEach("list", Conversions.numberToMoney("USD", 2))
                        .convertEach("map", Conversions.numberToMoney("USD", 2)));
        ObjectNode payload = json("{'list': [1.23456, null, 2], 'map': {'a': 1.23456}}");

        step.exemplifyUp(payload, new Random(1));

        assertThat(payload.path("list").size()).isEqualTo(3);
        assertThat(payload.path("list").get(1).isNull()).isTrue();
        assertThat(List.of(payload.path("list").get(0), payload.path("map").path("a")))
                .allMatch(JsonNode::isNumber)
                .doesNotContain(json("{'x': 1.23456}").get("x"));
    }

    @Test
    void a_loss_of_one_case_is_none_of_another() {
        EventStep step = EventStep.from("payment.seen", 1)
                .splitBy("kind", kind -> kind.when("a", "payment.received", 1, changes -> {})
                        .drop("b", "everything"));

        assertThat(step.lossesUp()).containsExactly(Loss.of("everything"));
        assertThat(step.lossesUp(Revision.of("payment.received", 1))).isEmpty();
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JsonMapper.builder().build().readTree(text.replace('\'', '"'));
    }
}
