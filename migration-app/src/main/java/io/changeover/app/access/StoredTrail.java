package io.changeover.app.access;

import io.changeover.app.security.AccessTrail;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The trail in the table {@code changeover.access_entry}. */
final class StoredTrail implements AccessTrail {

    private final JdbcClient database;
    private final Clock clock;

    StoredTrail(DataSource dataSource, Clock clock) {
        this.database = JdbcClient.create(dataSource);
        this.clock = clock;
    }

    @Override
    public void add(String actor, String action, String subject, String detail) {
        database.sql("insert into changeover.access_entry (at, actor, action, subject, detail) values (?, ?, ?, ?, ?)")
                .params(
                        OffsetDateTime.now(clock),
                        actor,
                        action,
                        subject,
                        detail.length() > LONGEST ? detail.substring(0, LONGEST) : detail)
                .update();
    }

    @Override
    public List<Entry> latest(int most) {
        return database.sql("select * from changeover.access_entry order by at desc, id desc limit ?")
                .param(most)
                .query((row, number) -> new Entry(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("subject"),
                        row.getString("detail")))
                .list();
    }
}
