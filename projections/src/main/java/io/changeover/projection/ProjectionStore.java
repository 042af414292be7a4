package io.changeover.projection;

import io.changeover.stream.EventTable;
import java.time.Clock;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.ObjectMapper;

/**
 * The database of the view versions, in which rows, letters and tokens commit together.
 *
 * @param jdbc statements in the surrounding transaction
 * @param transactions transactions on the same data source
 * @param tokens Axon's token store on the same data source
 * @param table tables of the events that the views follow, and of the tokens
 * @param decisions tables of the event store to which this application appends, with the events of changeovers; the same
 *     where its views follow its own store
 * @param json mapper of JSON columns
 * @param clock time of letters and states
 */
public record ProjectionStore(
        JdbcTemplate jdbc,
        TransactionTemplate transactions,
        TokenStore tokens,
        EventTable table,
        EventTable decisions,
        ObjectMapper json,
        Clock clock) {}
