package io.changeover.projection;

import io.changeover.view.VersionId;
import java.util.List;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * What nodes ask of each other: to leave segments of a version to them. All times are those of the database, so that clocks
 * of nodes need not agree. Works in the surrounding transaction.
 */
public final class SegmentWishes {

    /** Any segment of the version. */
    public static final int ANY = -1;

    /** Who has not asked again for this long waits no more. */
    private static final int FRESH_SECONDS = 5;

    /**
     * A wish.
     *
     * @param version the version
     * @param node who asks
     * @param segment number of the segment, or {@link #ANY}
     */
    public record Wish(VersionId version, String node, int segment) {}

    private final JdbcOperations jdbc;
    private final String node;

    /** @param node name of this node, as its claims have it */
    public SegmentWishes(JdbcOperations jdbc, String node) {
        this.jdbc = jdbc;
        this.node = node;
    }

    /** Name of this node. */
    public String node() {
        return node;
    }

    /** Asks whoever has the segment to leave it to this node; to be said again until it is had. */
    public void ask(VersionId version, int segment) {
        jdbc.update(
                """
                insert into changeover.segment_wish (view, version, node, segment, asked_at)
                values (?, ?, ?, ?, clock_timestamp())
                on conflict (view, version, node, segment) do update set asked_at = excluded.asked_at
                """,
                version.view(),
                version.version(),
                node,
                segment);
    }

    /** This node asks for nothing of the version any more. */
    public void withdraw(VersionId version) {
        jdbc.update(
                "delete from changeover.segment_wish where view = ? and version = ? and node = ?",
                version.view(),
                version.version(),
                node);
    }

    /** The wish was heard. */
    public void heard(Wish wish) {
        jdbc.update(
                "delete from changeover.segment_wish where view = ? and version = ? and node = ? and segment = ?",
                wish.version().view(),
                wish.version().version(),
                wish.node(),
                wish.segment());
    }

    /** What other nodes ask for now. */
    public List<Wish> ofOthers() {
        return jdbc.query(
                """
                select view, version, node, segment from changeover.segment_wish
                where node <> ? and asked_at > clock_timestamp() - make_interval(secs => ?)
                order by asked_at
                """,
                (result, index) -> new Wish(
                        new VersionId(result.getString(1), result.getInt(2)), result.getString(3), result.getInt(4)),
                node,
                FRESH_SECONDS);
    }
}
