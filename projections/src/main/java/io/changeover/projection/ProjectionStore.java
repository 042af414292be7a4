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
 * @param table tables of the event store and its tokens
 * @param json mapper of JSON columns
 * @param clock time of letters and states
 */
public record ProjectionStore(
        JdbcTemplate jdbc,
        TransactionTemplate transactions,
        TokenStore tokens,
        EventTable table,
        ObjectMapper json,
        Clock clock) {}
