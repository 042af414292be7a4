package io.changeover.projections.autoconfigure;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import java.sql.SQLException;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/**
 * Whether threads wait for a connection of the pool at this moment. Only Hikari can be asked without taking a connection,
 * which would make the wait longer; of another pool nothing is known, and nobody is taken to wait.
 */
final class PoolWaiters {

    private PoolWaiters() {}

    static BooleanSupplier of(DataSource dataSource) {
        try {
            if (dataSource.isWrapperFor(HikariDataSource.class)) {
                HikariDataSource hikari = dataSource.unwrap(HikariDataSource.class);
                return () -> {
                    HikariPoolMXBean pool = hikari.getHikariPoolMXBean();
                    return pool != null && pool.getThreadsAwaitingConnection() > 0;
                };
            }
        } catch (SQLException e) {
            // Not one that tells what it wraps, so not Hikari.
        }
        return () -> false;
    }
}
