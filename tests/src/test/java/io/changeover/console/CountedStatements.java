package io.changeover.console;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Counts the statements that threads of a name run on an application's data source. */
final class CountedStatements {

    private static final AtomicLong COUNT = new AtomicLong();

    /** Threads that are counted; all that runs beside a request is not. */
    private static volatile Predicate<String> threads = name -> false;

    private CountedStatements() {}

    /** Counts what threads do from now on whose name begins so. */
    static void countThreads(String prefix) {
        threads = name -> name.startsWith(prefix);
        COUNT.set(0);
    }

    static long count() {
        return COUNT.get();
    }

    /** Has the statements of the data source counted. */
    @Configuration(proxyBeanMethods = false)
    static class Counting {

        @Bean
        static BeanPostProcessor countStatements() {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    return bean instanceof DataSource source ? new Counted(source) : bean;
                }
            };
        }
    }

    private static final class Counted extends DelegatingDataSource {

        Counted(DataSource source) {
            super(source);
        }

        @Override
        public Connection getConnection() throws SQLException {
            return counting(super.getConnection(), Connection.class);
        }
    }

    private static <T> T counting(T target, Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().startsWith("execute")
                            && threads.test(Thread.currentThread().getName())) {
                        COUNT.incrementAndGet();
                    }
                    try {
                        Object answer = method.invoke(target, arguments);
                        if (answer instanceof PreparedStatement statement) {
                            return counting(statement, PreparedStatement.class);
                        }
                        return answer instanceof Statement statement ? counting(statement, Statement.class) : answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
