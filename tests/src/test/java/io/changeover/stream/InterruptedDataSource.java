package io.changeover.stream;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Lets something else happen before it gives a connection and after it has got it back. */
final class InterruptedDataSource extends DelegatingDataSource {

    private Runnable interruption = () -> {};

    InterruptedDataSource(DataSource target) {
        super(target);
    }

    void interruptWith(Runnable interruption) {
        this.interruption = interruption;
    }

    @Override
    public Connection getConnection() throws SQLException {
        interruption.run();
        Connection connection = super.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(connection, arguments);
                    if (method.getName().equals("close")) {
                        interruption.run();
                    }
                    return result;
                });
    }
}
