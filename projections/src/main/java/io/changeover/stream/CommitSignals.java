package io.changeover.stream;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells nodes that share a database of each other's commits, so that none waits for a poll. A commit is told by
 * PostgreSQL's {@code NOTIFY}, but not in the transaction of whoever writes: a transaction that notifies holds a lock of
 * the whole database while it commits ({@code PreCommit_Notify} in {@code src/backend/commands/async.c}), so that all
 * writers would commit one after another. A thread of this node notifies after the commit, in a transaction of its own
 * that writes nothing; what is committed meanwhile is told by the next one.
 *
 * <p>A signal says that there is news and not which, and may be lost: with a node that is killed just after its commit,
 * or while the connection is away. So everybody who is told still looks at an interval of their own, and is told once
 * whenever this node begins to listen.
 *
 * <p>Holds one connection of the data source as long as it listens, which must be one of a session and not of a pooler
 * that gives each transaction another. Safe for use by several threads.
 */
public final class CommitSignals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CommitSignals.class);

    /** How long a thread waits for something to do until it looks whether to go on; what comes ends the wait at once. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    private static final long AGAIN_MILLIS = 1_000;

    /** PostgreSQL refuses the name of a channel that is longer. */
    private static final int LONGEST_CHANNEL = 63;

    private final DataSource dataSource;
    private final String channel;
    private final String node;
    private final Set<Runnable> listeners = new CopyOnWriteArraySet<>();
    private final News commits = new News(News.APART);
    private final AtomicLong heard = new AtomicLong();
    private final Thread teller = daemon(this::tell, "changeover-signals");
    private final Thread ear = daemon(this::listen, "changeover-ear");
    private volatile boolean closed;
    private volatile boolean listening;

    /**
     * Signals that are neither sent nor heard before {@link #start}.
     *
     * @param table store whose commits are told; nodes on other stores of the same database hear nothing of them
     * @param node name of this node, which no other on the store has
     */
    public CommitSignals(DataSource dataSource, EventTable table, String node) {
        this.dataSource = dataSource;
        this.channel = channel(table);
        this.node = node;
    }

    private static String channel(EventTable table) {
        String name = "changeover." + table.events();
        return name.length() <= LONGEST_CHANNEL
                ? name
                : "changeover." + Integer.toHexString(table.events().hashCode());
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Has the listener called after commits of other nodes, soon and on a thread of this; it must only wake others. */
    public void onCommit(Runnable listener) {
        listeners.add(listener);
    }

    /** Begins to tell and to listen. To be called once. */
    public void start() {
        teller.start();
        ear.start();
    }

    /** Says that something of this node was committed just now. Cheap; to be called after the commit, from any thread. */
    public void committed() {
        commits.tell();
    }

    /** Whether this node hears of others' commits at the moment; it polls all the same. */
    public boolean isListening() {
        return listening;
    }

    /** How many signals of other nodes have arrived so far. */
    public long heard() {
        return heard.get();
    }

    private void tell() {
        boolean failing = false;
        boolean last = false;
        while (!last) {
            try {
                if (!commits.await(LOOK)) {
                    continue;
                }
                last = closed;
                if (last && !listening) {
                    return;
                }
                // The last one is for the ear of this node, which would not notice before its next look.
                try (Connection connection = dataSource.getConnection();
                        PreparedStatement notify = connection.prepareStatement("select pg_notify(?, ?)")) {
                    connection.setAutoCommit(true);
                    notify.setString(1, channel);
                    notify.setString(2, node);
                    notify.execute();
                }
                failing = false;
            } catch (SQLException e) {
                if (!failing && !last) {
                    LOG.warn("Other nodes cannot be told of commits; they notice them when they poll", e);
                }
                failing = true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void listen() {
        boolean failing = false;
        while (!closed) {
            try (Connection connection = dataSource.getConnection()) {
                try {
                    hear(connection);
                } catch (SQLException e) {
                    // A pool sees no failure of what is read beneath it, and would lend the connection again.
                    connection.abort(Runnable::run);
                    throw e;
                }
                return;
            } catch (SQLException e) {
                if (!closed && !failing) {
                    LOG.warn("This node does not hear of others' commits for now; it notices them when it polls", e);
                }
                failing = true;
            } finally {
                listening = false;
            }
            pause();
        }
    }

    private void hear(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        try (Statement listen = connection.createStatement()) {
            listen.execute("listen \"%s\"".formatted(channel.replace("\"", "\"\"")));
        }
        PGConnection signals = connection.unwrap(PGConnection.class);
        try {
            listening = true;
            listeners.forEach(Runnable::run); // what was committed before this began to listen
            while (!closed) {
                PGNotification[] arrived = signals.getNotifications((int) LOOK.toMillis());
                int others = 0;
                for (PGNotification each : arrived == null ? new PGNotification[0] : arrived) {
                    others += each.getParameter().equals(node) ? 0 : 1;
                }
                if (others > 0) {
                    heard.addAndGet(others);
                    listeners.forEach(Runnable::run);
                }
            }
        } finally {
            if (closed) {
                try (Statement unlisten = connection.createStatement()) {
                    unlisten.execute("unlisten *"); // the pool may give the connection to somebody else
                }
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    /** Ends both, at once where the database answers. */
    @Override
    public void close() {
        closed = true;
        commits.tell();
        for (Thread thread : new Thread[] {teller, ear}) {
            try {
                thread.join(LOOK.multipliedBy(3).toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
