package io.changeover.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@SuppressWarnings({"UnusedVariable", "UnusedMethod"}) // events are filled by reflection
class XStreamHistoryTest {

    enum Method {
        CARD,
        CASH {
            @Override
            public String toString() {
                return "in cash";
            }
        }
    }

    static final class Money {
        private BigDecimal amount;
        private Currency currency;
    }

    static final class Paid {
        private final String id;
        private Money sum;
        private Method method;
        private transient String cached = "never stored";

        private Paid(String id) {
            this.id = id;
        }

        public boolean isLarge() {
            return true;
        }
    }

    static final class Plain {
        private int count;
        private Long total;
        private double share;
        private char letter;
        private boolean done;
        private BigInteger big;
        private UUID uuid;
        private Instant at;
        private LocalDate day;
        private ZonedDateTime when;
        private ZoneId zone;
        private Duration took;
        private Locale locale;
        private byte[] bytes;
        private int[] numbers;
        private String[] texts;
    }

    static final class Held {
        private Object any;
        private List<Object> list;
        private Collection<Object> collection;
        private Set<Object> set;
        private HashSet<Object> hashSet;
        private Map<Object, Object> map;
        private SortedMap<Object, Object> sortedMap;
        private SortedSet<Object> sortedSet;
        private Unlisted unlisted;
    }

    static final class Unlisted {}

    record Modern(String id) {}

    private static final String TEST = "io.changeover.event.XStreamHistoryTest$";
    private static final String TAG = "io.changeover.event.XStreamHistoryTest_-";

    private final XStreamHistory history =
            XStreamHistory.allowing(Paid.class, Money.class, Method.class, Plain.class, Held.class);

    private static byte[] bytes(String xml) {
        return xml.getBytes(StandardCharsets.UTF_8);
    }

    private static String held(String xml) {
        return "<%1$sHeld>%2$s</%1$sHeld>".formatted(TAG, xml);
    }

    private ObjectNode payload(String xml) {
        return history.payload(bytes(xml));
    }

    /** The fields that are there. */
    private String read(String xml) {
        ObjectNode payload = payload(held(xml));
        payload.removeNulls();
        return payload.toString();
    }

    private void refuses(String type, String xml) {
        assertThatThrownBy(() -> payload(xml))
                .isInstanceOf(LegacyTypeRefusedException.class)
                .extracting(refusal -> ((LegacyTypeRefusedException) refusal).type())
                .isEqualTo(type);
    }

    private void cannotRead(String xml, String message) {
        assertThatThrownBy(() -> payload(xml))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void an_event_becomes_the_json_of_its_fields_with_decimals_exact_and_enums_by_name() {
        String xml =
                """
                <%1$sPaid>
                  <id>p1 äöü €</id>
                  <sum>
                    <amount>12345678901234567890.120</amount>
                    <currency>EUR</currency>
                  </sum>
                  <method>CASH</method>
                </%1$sPaid>"""
                        .formatted(TAG);

        assertThat(payload(xml))
                .hasToString(
                        """
                        {"id":"p1 äöü €","method":"CASH","sum":{"amount":12345678901234567890.120,"currency":"EUR"}}""");
    }

    @Test
    void plain_values_of_the_jdk_need_not_be_listed() {
        String xml =
                """
                <%1$sPlain>
                  <count>1</count><total>2</total><share>0.1</share><letter>c</letter><done>true</done>
                  <big>12345678901234567890123</big>
                  <uuid>00000000-0000-0001-0000-000000000002</uuid>
                  <at>2004-11-05T00:00:00.123456789Z</at><day>2004-11-05</day>
                  <when>2004-11-05T01:00:00+01:00[Europe/Berlin]</when>
                  <zone class="java.time.ZoneRegion">Europe/Berlin</zone><took>PT3M</took><locale>de_DE</locale>
                  <bytes>AQI=</bytes><numbers><int>1</int><int>2</int></numbers><texts><string>a</string></texts>
                </%1$sPlain>"""
                        .formatted(TAG);

        assertThat(payload(xml))
                .hasToString(
                        """
                        {"at":"2004-11-05T00:00:00.123456789Z","big":12345678901234567890123,"bytes":"AQI=","count":1,\
                        "day":"2004-11-05","done":true,"letter":"c","locale":"de-DE","numbers":[1,2],"share":0.1,\
                        "texts":["a"],"took":"PT3M","total":2,"uuid":"00000000-0000-0001-0000-000000000002",\
                        "when":"2004-11-05T01:00:00+01:00","zone":"Europe/Berlin"}""");
    }

    @Test
    void members_of_sets_and_maps_keep_the_order_of_the_xml() {
        String members = "<string>z</string><string>b</string><string>a</string>";

        assertThat(read("<set>%s</set>".formatted(members))).isEqualTo("{\"set\":[\"z\",\"b\",\"a\"]}");
        assertThat(read("<hashSet>%s</hashSet>".formatted(members))).isEqualTo("{\"hashSet\":[\"z\",\"b\",\"a\"]}");
        assertThat(
                        read(
                                """
                        <map><entry><string>z</string><int>1</int></entry><entry><string>a</string><int>2</int></entry></map>"""))
                .isEqualTo("{\"map\":{\"z\":1,\"a\":2}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<list><string>a</string><null/><int>1</int></list>|{\"list\":[\"a\",null,1]}",
                "<list class='linked-list'><string>a</string></list>|{\"list\":[\"a\"]}",
                "<list class='singleton-list'><string>a</string></list>|{\"list\":[\"a\"]}",
                "<list class='empty-list'/>|{\"list\":[]}",
                "<set class='empty-set'/>|{\"set\":[]}",
                "<set class='tree-set'><string>a</string></set>|{\"set\":[\"a\"]}",
                "<sortedSet><no-comparator/><string>a</string></sortedSet>|{\"sortedSet\":[\"a\"]}",
                "<map class='empty-map'/>|{\"map\":{}}",
                "<map class='tree-map'><entry><string>k</string><int>1</int></entry></map>|{\"map\":{\"k\":1}}",
                "<sortedMap class='tree-map'><no-comparator/><entry><string>k</string><int>1</int></entry></sortedMap>|{\"sortedMap\":{\"k\":1}}",
                "<map class='linked-hash-map'><entry><string>k</string><null/></entry></map>|{\"map\":{\"k\":null}}",
                "<map class='singleton-map'><entry><string>k</string><int>1</int></entry></map>|{\"map\":{\"k\":1}}",
                "<list class='java.util.Arrays$ArrayList'><a class='string-array'><string>a</string></a></list>|{\"list\":[\"a\"]}",
                "<list class='java.util.Collections$UnmodifiableRandomAccessList' resolves-to='java.util.Collections$UnmodifiableList'><c class='list'><string>a</string></c><list reference='../c'/></list>|{\"list\":[\"a\"]}",
                "<set class='java.util.Collections$UnmodifiableSet'><c class='set'><string>a</string></c></set>|{\"set\":[\"a\"]}",
                "<collection class='java.util.Collections$UnmodifiableCollection'><c class='set'><string>a</string></c></collection>|{\"collection\":[\"a\"]}",
                "<map class='java.util.Collections$UnmodifiableMap'><m><entry><string>k</string><int>1</int></entry></m></map>|{\"map\":{\"k\":1}}",
                "<list class='java.util.ImmutableCollections$ListN' resolves-to='java.util.CollSer' serialization='custom'><java.util.CollSer><default><tag>1</tag></default><int>2</int><string>a</string><string>b</string></java.util.CollSer></list>|{\"list\":[\"a\",\"b\"]}",
                "<set class='java.util.ImmutableCollections$Set12' resolves-to='java.util.CollSer' serialization='custom'><java.util.CollSer><default><tag>2</tag></default><int>1</int><int>7</int></java.util.CollSer></set>|{\"set\":[7]}",
                "<map class='java.util.ImmutableCollections$Map1' resolves-to='java.util.CollSer' serialization='custom'><java.util.CollSer><default><tag>3</tag></default><int>2</int><string>k</string><int>1</int></java.util.CollSer></map>|{\"map\":{\"k\":1}}",
            })
    void collections_of_the_jdk_need_not_be_listed(String xml, String json) {
        assertThat(read(xml)).isEqualTo(json);
    }

    @Test
    void an_object_that_is_referred_to_twice_is_there_twice() {
        assertThat(read(
                        """
                        <list><%1$sMoney><amount>1.0</amount></%1$sMoney><%1$sMoney reference="../%1$sMoney"/></list>"""
                                .formatted(TAG)))
                .isEqualTo("{\"list\":[{\"amount\":1.0,\"currency\":null},{\"amount\":1.0,\"currency\":null}]}");
    }

    @Test
    void a_class_that_was_moved_is_known_by_its_old_name_too() {
        XStreamHistory moved = XStreamHistory.allowing(Money.class)
                .aliased("com.acme.old.Payment$Done", Paid.class)
                .aliased("com.acme.old.Sum", Money.class)
                .aliased("method", Method.class);

        assertThat(
                        moved.payload(
                                bytes(
                                        """
                        <com.acme.old.Payment_-Done><id>p1</id><sum class="com.acme.old.Sum"/></com.acme.old.Payment_-Done>""")))
                .hasToString("{\"id\":\"p1\",\"method\":null,\"sum\":{\"amount\":null,\"currency\":null}}");
        assertThat(moved.payload(bytes("<%sPaid><id>p2</id></%sPaid>".formatted(TAG, TAG)))
                        .path("id")
                        .stringValue())
                .isEqualTo("p2");
    }

    @Test
    void a_mapper_of_ones_own_writes_the_object_instead() {
        XStreamHistory written = history.writtenBy(JsonMapper.builder().build());

        assertThat(written.payload(bytes("<%sPaid><id>p1</id></%sPaid>".formatted(TAG, TAG))))
                .hasToString("{\"large\":true}");
    }

    @Test
    void metadata_becomes_an_object() {
        byte[] stored = bytes(
                """
                <meta-data><entry><string>traceId</string><string>t1</string></entry>
                  <entry><string>attempt</string><int>2</int></entry>
                  <entry><string>causedBy</string><uuid>00000000-0000-0001-0000-000000000002</uuid></entry></meta-data>""");

        assertThat(history.metadata(stored))
                .hasToString(
                        """
                        {"traceId":"t1","attempt":2,"causedBy":"00000000-0000-0001-0000-000000000002"}""");
        assertThat(XStreamHistory.allowing().metadata(bytes("<org.axonframework.messaging.MetaData/>")))
                .hasToString("{}");
    }

    @Test
    void xml_is_recognised_by_its_first_byte_that_is_not_blank() {
        assertThat(history.recognises(bytes("<a/>"))).isTrue();
        assertThat(history.recognises(bytes("\r\n\t <a/>"))).isTrue();
        assertThat(history.recognises(bytes("{\"a\":\"<\"}"))).isFalse();
        assertThat(history.recognises(bytes("  "))).isFalse();
        assertThat(history.recognises(new byte[0])).isFalse();
    }

    @Test
    void a_type_that_is_not_listed_is_refused_with_what_is_listed() {
        assertThatThrownBy(() ->
                        XStreamHistory.allowing(Paid.class, Money.class).payload(bytes("<java.lang.ProcessBuilder/>")))
                .isInstanceOf(LegacyTypeRefusedException.class)
                .hasMessage(
                        "type 'java.lang.ProcessBuilder' must be on the list of types that may be read from XML, which is [%1$sPaid, %1$sMoney]; add it if an event of yours holds it, and look at who stored it if none does",
                        TEST);
    }

    @Test
    void a_type_that_is_not_listed_is_refused_wherever_it_stands() {
        refuses("java.lang.ProcessBuilder", held("<any class='java.lang.ProcessBuilder'/>"));
        refuses("java.lang.ProcessBuilder", held("<list><java.lang.ProcessBuilder/></list>"));
        refuses(
                "java.lang.ProcessBuilder",
                held("<map><entry><string>a</string><java.lang.ProcessBuilder/></entry></map>"));
        refuses("[Ljava.lang.ProcessBuilder;", held("<any class='java.lang.ProcessBuilder-array'/>"));
        refuses("java.lang.ProcessBuilder", held("<any class='string' resolves-to='java.lang.ProcessBuilder'/>"));
        refuses(
                "java.lang.ProcessBuilder",
                held(
                        "<list class='java.util.Collections$UnmodifiableList'><c class='java.lang.ProcessBuilder'/></list>"));
        refuses(
                "java.beans.EventHandler",
                held("<sortedMap class='tree-map'><comparator class='java.beans.EventHandler'/></sortedMap>"));
        refuses("javax.swing.event.EventListenerList", "<javax.swing.event.EventListenerList/>");
        refuses("java.lang.Class", held("<any class='java-class'>java.lang.String</any>"));
        refuses("java.net.URL", held("<hashSet><url>http://example.com</url></hashSet>"));
        refuses("java.io.File", held("<any class='file'>a</any>"));
        refuses(
                "java.lang.ProcessBuilder",
                "<meta-data><entry><string>a</string><java.lang.ProcessBuilder/></entry></meta-data>");
        refuses("com.acme.Unknown", held("<any class='com.acme.Unknown'/>"));
        refuses(TEST + "Unlisted", held("<any class='%sUnlisted'/>".formatted(TEST)));
    }

    @Test
    void a_type_that_is_not_listed_is_refused_though_a_listed_class_declares_a_field_of_it() {
        refuses(TEST + "Unlisted", held("<unlisted/>"));
    }

    @Test
    void a_dynamic_proxy_is_refused_before_anything_of_it_is_read() {
        refuses(
                "com.thoughtworks.xstream.mapper.DynamicProxyMapper$DynamicProxy",
                held(
                        """
                        <any class="dynamic-proxy">
                          <interface>java.lang.Comparable</interface>
                          <handler class="java.beans.EventHandler">
                            <target class="java.lang.ProcessBuilder"><command><string>true</string></command></target>
                            <action>start</action>
                          </handler>
                        </any>"""));
    }

    @Test
    void an_inclusion_is_a_type_like_any_other() {
        refuses(
                "xi:include",
                """
                <xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/hostname" parse="text"/>""");
    }

    @Test
    void an_external_entity_is_not_read(@TempDir Path directory) throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "swordfish");

        assertThatThrownBy(() -> payload("<!DOCTYPE x [<!ENTITY e SYSTEM '%s'>]>".formatted(secret.toUri())
                        + held("<any class='string'>&e;</any>")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the XML of the payload cannot be read: could not resolve entity named 'e'")
                .hasMessageNotContaining("swordfish");
    }

    @Test
    void entities_that_would_grow_are_not_replaced() {
        String doctype =
                """
                <!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>""";

        assertThatThrownBy(() -> payload(doctype + held("<any class='string'>&c;</any>")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the XML of the payload cannot be read: could not resolve entity named 'c'");
    }

    @Test
    void references_that_would_grow_without_end_are_refused() {
        StringBuilder lists = new StringBuilder("<list><string>ha</string></list>");
        for (int level = 1; level <= 30; level++) {
            lists.append("<list>%s</list>"
                    .formatted("<list reference='../../list[%d]'/>"
                            .formatted(level)
                            .repeat(10)));
        }

        cannotRead(
                held("<list>%s</list>".formatted(lists)),
                "the XML of the payload is more than 33554432 bytes as JSON, which comes of objects that are referred to many times; look at who stored it");
    }

    @Test
    void an_object_that_holds_itself_is_refused() {
        cannotRead(
                held("<any class='%sHeld' reference='..'/>".formatted(TEST)),
                "the payload cannot be written as JSON: Direct self-reference leading to cycle; mend the class that stands for it");
        cannotRead(
                held("<list><%1$sHeld reference='../..'/></list>".formatted(TAG)),
                "the payload cannot be written as JSON: Document nesting depth (501) exceeds the maximum allowed (500, from `StreamWriteConstraints.getMaxNestingDepth()`); mend the class that stands for it");
    }

    @Test
    void nesting_without_end_is_refused() {
        cannotRead(
                held("<list>%s%s</list>".formatted("<list>".repeat(200_000), "</list>".repeat(200_000))),
                "the XML of the payload cannot be read: Possible Denial of Service attack by Stack Overflow; mend the class that stands for it, or look at who stored it");
    }

    @Test
    void a_field_that_the_class_has_no_more_is_refused_rather_than_lost() {
        cannotRead(
                "<%1$sPaid><id>p1</id><note>gone</note></%1$sPaid>".formatted(TAG),
                "the XML of the payload cannot be read: No such field %1$sPaid.note at /%1$sPaid/note; mend the class that stands for it, or look at who stored it"
                        .formatted(TEST));
    }

    @Test
    void a_value_that_does_not_fit_is_refused() {
        cannotRead(
                "<%1$sPlain><count>many</count></%1$sPlain>".formatted(TAG),
                "the XML of the payload cannot be read: For input string: \"many\" at /%1$sPlain/count; mend the class that stands for it, or look at who stored it"
                        .formatted(TEST));
    }

    @Test
    void a_collection_in_an_order_of_its_own_is_refused() {
        XStreamHistory withOrder = XStreamHistory.allowing(Held.class, String.CASE_INSENSITIVE_ORDER.getClass());

        assertThatThrownBy(() -> withOrder.payload(bytes(held(
                        "<sortedSet><comparator class='java.lang.String$CaseInsensitiveComparator'/></sortedSet>"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the XML of the payload cannot be read: a collection sorted by java.lang.String$CaseInsensitiveComparator cannot be read, only one in its natural order at /%1$sHeld/sortedSet/comparator; mend the class that stands for it, or look at who stored it",
                        TEST);
    }

    @Test
    void what_is_no_object_is_refused() {
        cannotRead("<string>a</string>", "the payload is not an object but STRING");
        cannotRead("<null/>", "the payload is not an object but NULL");
        cannotRead("<list/>", "the payload is not an object but ARRAY");
    }

    @Test
    void xml_that_is_cut_off_is_refused() {
        assertThatThrownBy(() -> payload("<%sPaid><id>p1</id>".formatted(TAG)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("the XML of the payload cannot be read: no more data available");
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused_rather_than_guessed() {
        byte[] latin1 = "<%1$sPaid><id>ä</id></%1$sPaid>".formatted(TAG).getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> history.payload(latin1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Input length = 1");
    }

    @Test
    void a_record_is_refused_at_once() {
        assertThatThrownBy(() -> XStreamHistory.allowing(Paid.class, Modern.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "types [%sModern] are records but must be classes, since XStream fills fields after construction; write a class with the fields that the XML has",
                        TEST);
        assertThatThrownBy(() -> history.aliased("old", Modern.class)).isInstanceOf(IllegalArgumentException.class);
    }
}
