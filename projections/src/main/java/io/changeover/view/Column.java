package io.changeover.view;

import java.lang.reflect.Type;

/**
 * A column of a row's table.
 *
 * @param name name in the database, snake case
 * @param component name of the record component
 * @param type how it is stored
 * @param javaType type of the component, with its type arguments
 * @param nullable whether the component may be null
 * @param key whether it is part of the key
 * @param indexed whether it has a secondary index
 * @param sensitive whether it, or anything that it holds, is not for everybody's eyes
 */
public record Column(
        String name,
        String component,
        ColumnType type,
        Type javaType,
        boolean nullable,
        boolean key,
        boolean indexed,
        boolean sensitive) {

    /** Class of the component; {@code Object} where its type has arguments. */
    public Class<?> javaClass() {
        return javaType instanceof Class<?> plain ? plain : Object.class;
    }
}
