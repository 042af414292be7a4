package io.changeover.legacy.jdbc;

import io.changeover.legacy.savings.SavingsDomain.Closed;
import io.changeover.legacy.savings.SavingsDomain.Deposited;
import io.changeover.legacy.savings.SavingsDomain.Opened;
import io.changeover.legacy.savings.SavingsDomain.Thanked;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.ReplayStatus;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.springframework.jdbc.core.JdbcTemplate;

/** A component as teams have them: Axon's annotations, SQL, a table of its own. */
@ProcessingGroup("savings-board")
public class SavingsBoard {

    public static final String TABLE =
            """
            create table savings_board (
                account   varchar(20) primary key,
                owner     varchar(30) not null,
                cents     bigint      not null,
                deposits  integer     not null,
                seen      text        not null,
                opened_at timestamptz not null
            )""";

    /** Accounts on which it throws, as a component with a defect would. */
    public static final Set<String> BROKEN = ConcurrentHashMap.newKeySet();

    /** Accounts on whose deposits the database is cut off once. */
    static final Set<String> CUT_OFF = ConcurrentHashMap.newKeySet();

    /** Accounts for which a failing statement is logged and swallowed. */
    static final Set<String> CARELESS = ConcurrentHashMap.newKeySet();

    /** Accounts whose owners were sent a letter. */
    public static final List<String> LETTERS = new CopyOnWriteArrayList<>();

    private final JdbcTemplate jdbc;

    public SavingsBoard(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @EventHandler
    void on(Opened event, @Timestamp Instant time) {
        jdbc.update(
                "insert into savings_board values (?, ?, 0, 0, '', ?::timestamptz)",
                event.account(),
                event.owner(),
                time.toString());
    }

    @EventHandler
    void on(
            Deposited event,
            @SequenceNumber Long sequence,
            @MetaDataValue("teller") String teller,
            ReplayStatus status) {
        if (BROKEN.contains(event.account())) {
            throw new IllegalStateException("account " + event.account() + " is broken");
        }
        if (CUT_OFF.remove(event.account())) {
            jdbc.queryForList("select pg_terminate_backend(pg_backend_pid())");
        }
        if (CARELESS.contains(event.account())) {
            try {
                jdbc.update("update savings_board set owner = null where account = ?", event.account());
            } catch (RuntimeException e) {
                // as one who has seen worse
            }
            return;
        }
        int rows = jdbc.update(
                "update savings_board set cents = cents + ?, deposits = deposits + 1, seen = ? where account = ?",
                event.cents(),
                "%d by %s in %s".formatted(sequence, teller, status),
                event.account());
        if (rows != 1) {
            throw new IllegalStateException("there is no account " + event.account());
        }
    }

    @EventHandler
    @DisallowReplay
    void on(Thanked event) {
        LETTERS.add(event.account());
    }

    @EventHandler
    void on(Closed event) {
        jdbc.update("delete from savings_board where account = ?", event.account());
    }
}
