package io.changeover.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SchemaInferenceTest {

    @Test
    void a_field_is_required_when_all_have_it_and_may_be_null_when_one_has_it_so() {
        assertThat(SchemaInference.infer(
                        List.of(Trees.object("{'a':'x','b':1}"), Trees.object("{'a':null,'b':2,'c':true}"))))
                .isEqualTo(
                        Trees.node(
                                "{'type':'object','properties':{'a':{'type':['string','null']},'b':{'type':'integer'},'c':{'type':'boolean'}},'required':['a','b'],'additionalProperties':false}"));
    }

    @Test
    void numbers_are_whole_only_when_all_are() {
        assertThat(SchemaInference.infer(List.of(Trees.object("{'a':1,'b':1}"), Trees.object("{'a':1.5,'b':'x'}")))
                        .get("properties"))
                .isEqualTo(Trees.node("{'a':{'type':'number'},'b':{'type':['integer','string']}}"));
    }

    @Test
    void a_format_is_told_when_all_texts_have_it() {
        assertThat(SchemaInference.infer(
                                List.of(
                                        Trees.object(
                                                "{'day':'2026-01-31','at':'2026-01-31T10:00:00Z','local':'2026-01-31T10:00','time':'10:00','id':'00000000-0000-0001-0000-000000000002','text':'2026-01-31'}"),
                                        Trees.object(
                                                "{'day':'2026-02-28','at':'2026-01-31T10:00:00+02:00','local':'2026-01-31T10:00:01','time':'10:00:00.5','id':'00000000-0000-0001-0000-000000000003','text':'2026-02-30'}")))
                        .get("properties"))
                .isEqualTo(
                        Trees.node(
                                "{'day':{'type':'string','format':'date'},'at':{'type':'string','format':'date-time'},'local':{'type':'string','format':'date-time-local'},'time':{'type':'string','format':'time-local'},'id':{'type':'string','format':'uuid'},'text':{'type':'string'}}"));
    }

    @Test
    void objects_and_the_elements_of_all_lists_are_looked_into() {
        assertThat(SchemaInference.infer(List.of(
                                Trees.object("{'lines':[{'q':1,'note':'n'},{'q':2}],'who':{'name':'a'}}"),
                                Trees.object("{'lines':[],'who':{'name':'b'}}")))
                        .get("properties"))
                .isEqualTo(
                        Trees.node(
                                "{'lines':{'type':'array','items':{'type':'object','properties':{'q':{'type':'integer'},'note':{'type':'string'}},'required':['q'],'additionalProperties':false}},'who':{'type':'object','properties':{'name':{'type':'string'}},'required':['name'],'additionalProperties':false}}"));
    }

    @Test
    void what_was_never_seen_allows_anything() {
        assertThat(SchemaInference.infer(List.of(Trees.object("{'a':null,'b':[]}")))
                        .get("properties"))
                .isEqualTo(Trees.node("{'a':{},'b':{'type':'array','items':{}}}"));
    }

    @Test
    void allowed_values_are_told_by_path() {
        assertThat(SchemaInference.infer(
                                List.of(Trees.object("{'lines':[{'unit':'m'}],'status':null}")),
                                Map.of(
                                        "lines[].unit", List.of(Trees.node("'m'"), Trees.node("'kg'")),
                                        "status", List.of(Trees.node("'open'"))))
                        .get("properties"))
                .isEqualTo(
                        Trees.node(
                                "{'lines':{'type':'array','items':{'type':'object','properties':{'unit':{'type':'string','enum':['m','kg']}},'required':['unit'],'additionalProperties':false}},'status':{'type':['string','null'],'enum':['open',null]}}"));
    }

    @Test
    void allowed_values_for_a_field_that_no_payload_has_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        SchemaInference.infer(List.of(Trees.object("{'a':1}")), Map.of("b", List.of(Trees.node("1")))))
                .withMessage(
                        "Allowed values are told for ['b'] but no payload has such a field; correct the path or add a sample");
    }

    @Test
    void a_payload_with_a_value_that_is_not_allowed_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SchemaInference.infer(
                        List.of(Trees.object("{'a':'y'}")), Map.of("a", List.of(Trees.node("'x'")))))
                .withMessage(
                        "Field 'a' of a payload is 'y' but must be one of 'x'; allow the value or correct the sample");
    }

    @Test
    void no_payload_is_no_ground_to_infer_from() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SchemaInference.infer(List.of()))
                .withMessage(
                        "A schema must be inferred from at least one payload but there is none; add a sample of the revision");
    }
}
