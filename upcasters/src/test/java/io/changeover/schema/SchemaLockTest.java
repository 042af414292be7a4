package io.changeover.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.changeover.schema.SchemaLock.Entry;
import io.changeover.schema.SchemaLock.Origin;
import io.changeover.upcast.Revision;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SchemaLockTest {

    private static final Revision FIRST = Revision.of("order.placed", 1);

    private static Entry entry(Origin origin) {
        return new Entry(origin, Trees.schema("'id':{'type':'string'}"));
    }

    private static SchemaLock withAll(List<Revision> revisions) {
        SchemaLock lock = SchemaLock.empty("orders");
        for (Revision revision : revisions) {
            lock = lock.with(revision, entry(Origin.RECORD));
        }
        return lock;
    }

    @Test
    void its_text_is_indented_by_two_spaces_and_ends_with_a_line_feed() {
        SchemaLock lock = SchemaLock.empty("orders")
                .with(FIRST, entry(Origin.RECORD))
                .with(Revision.none("order.placed"), new Entry(Origin.SAMPLES, Trees.object("{'type':'object'}")));

        assertThat(lock.toText())
                .isEqualTo(
                        """
                {
                  "lockVersion": 1,
                  "domain": "orders",
                  "events": {
                    "order.placed": {
                      "revisions": [
                        {
                          "revision": null,
                          "origin": "samples",
                          "schema": {
                            "type": "object"
                          }
                        },
                        {
                          "revision": "1",
                          "origin": "record",
                          "schema": {
                            "type": "object",
                            "properties": {
                              "id": {
                                "type": "string"
                              }
                            },
                            "required": [
                              "id"
                            ],
                            "additionalProperties": false
                          }
                        }
                      ]
                    }
                  }
                }
                """);
    }

    @Test
    void revisions_are_ordered_whichever_way_they_came() {
        List<Revision> ordered = List.of(
                Revision.of("customer.registered", 1),
                Revision.none("order.placed"),
                Revision.empty("order.placed"),
                Revision.of("order.placed", 2),
                Revision.of("order.placed", 10));
        List<Revision> mixed = List.of(ordered.get(4), ordered.get(2), ordered.get(0), ordered.get(3), ordered.get(1));

        assertThat(withAll(mixed).revisions()).isEqualTo(ordered);
        assertThat(withAll(mixed).toText()).isEqualTo(withAll(ordered).toText());
    }

    @Test
    void its_text_reads_as_an_equal_lock() {
        SchemaLock lock = withAll(
                List.of(FIRST, Revision.none("order.placed"), Revision.empty("order.placed"), Revision.of("a", 2)));

        assertThat(SchemaLock.parse(lock.toText())).isEqualTo(lock).hasSameHashCodeAs(lock);
        assertThat(SchemaLock.parse(lock.toText()).toText()).isEqualTo(lock.toText());
        assertThat(SchemaLock.parse(SchemaLock.empty("orders").toText())).isEqualTo(SchemaLock.empty("orders"));
        assertThat(SchemaLock.parse(lock.toText()).domain()).isEqualTo("orders");
    }

    @Test
    void a_change_leaves_the_lock_itself_as_it_is() {
        SchemaLock empty = SchemaLock.empty("orders");
        SchemaLock one = empty.with(FIRST, entry(Origin.RECORD));
        ObjectNode given = one.schema(FIRST).orElseThrow();
        given.removeAll();

        assertThat(empty.revisions()).isEmpty();
        assertThat(one.entry(FIRST)).contains(entry(Origin.RECORD));
        assertThat(one.schema(FIRST)).contains(entry(Origin.RECORD).schema());
        assertThat(one.with(FIRST, entry(Origin.SAMPLES)).entry(FIRST)).contains(entry(Origin.SAMPLES));
        assertThat(one.without(FIRST)).isEqualTo(empty);
        assertThat(one.revisions()).containsExactly(FIRST);
        assertThat(empty.schema(FIRST)).isEmpty();
    }

    @Test
    void another_version_of_the_file_is_refused() {
        refuses(
                "{'lockVersion':2,'whatever':true}",
                "lockVersion is 2 but must be 1; read the file with the release that wrote it");
        refuses("{}", "lockVersion is missing but must be 1; read the file with the release that wrote it");
    }

    @Test
    void what_is_no_JSON_object_is_refused() {
        refuses("[]", "the file must be a JSON object; restore it from version control");
        refuses(
                "{'lockVersion':1,\n'lockVersion':1}",
                "the file must be JSON but at line 2 it is not: Duplicate Object property \"lockVersion\"; restore it from version control");
        refuses("", "the file must be a JSON object; restore it from version control");
    }

    @Test
    void every_fault_of_the_file_is_told_at_once() {
        refuses(
                """
                {'lockVersion':1,'domain':7,'extra':1,'events':{
                  'a':[],
                  'b':{'revisions':[
                    {'revision':1,'origin':'record','schema':{}},
                    {'revision':'2','origin':'guess','schema':{}},
                    {'revision':'3','origin':'record'},
                    {'revision':null,'origin':'record','schema':{}},
                    {'revision':null,'origin':'samples','schema':{}},
                    {'revision':'4','origin':'record','schema':{},'note':''},
                    5]}}}
                """,
                "the file has 'extra' but may have only [domain, events, lockVersion]; remove it",
                "domain is 7 but must be a text; restore it",
                "event 'a' must have a list of revisions; restore it",
                "a revision of event 'b' is called 1 but must be called by a text or null; correct it",
                "origin of revision b@2 is 'guess' but must be one of ['record', 'samples']; correct it",
                "revision b@3 must have a schema; restore it",
                "revision b without revision is there twice but must be there once; remove the one that does not count",
                "revision b@4 has 'note' but may have only [origin, revision, schema]; remove it",
                "a revision of event 'b' is called missing but must be called by a text or null; correct it");
        refuses(
                "{'lockVersion':1,'domain':'d'}",
                "events is missing but must be an object with the names of events; restore it");
    }

    private static void refuses(String text, String... problems) {
        assertThatExceptionOfType(InvalidSchemaLockException.class)
                .isThrownBy(() -> SchemaLock.parse(text.replace('\'', '"')))
                .satisfies(e -> assertThat(e.problems()).containsExactly(problems))
                .withMessage("The lock file of schemas cannot be used:\n  - " + String.join("\n  - ", problems));
    }
}
