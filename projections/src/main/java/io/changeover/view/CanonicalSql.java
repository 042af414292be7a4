package io.changeover.view;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what a {@link Canonical} method does in SQL, so that rows can be compared within the database, which is many times
 * as fast. The method stays what decides: a row that the database finds different is judged by it, and each comparison
 * first holds the two against each other on a sample of rows, and does without SQL where they disagree.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CanonicalSql {

    /**
     * Components of the canonical record that the method works out, each as {@code name = expression} over the columns of
     * the row, such as {@code totalMinorUnits = (amount * 100)::bigint}. An expression must be immutable in PostgreSQL's
     * sense. One that is null where the component is not nullable leaves the row to the method, as it should for rows of
     * which SQL cannot say the same as the method: {@code case when currency = 'USD' then (amount * 100)::bigint end}. A
     * component that is not named is the column of the same name and type.
     */
    String[] value() default {};
}
