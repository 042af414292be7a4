package io.changeover.benchmark.replay.stock;

import org.hibernate.boot.model.TypeContributions;
import org.hibernate.dialect.DatabaseVersion;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.engine.jdbc.dialect.spi.DialectResolutionInfo;
import org.hibernate.service.ServiceRegistry;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.jdbc.BinaryJdbcType;

/** Large objects as {@code bytea}, as Axon's reference guide has it for PostgreSQL. */
public final class ByteaDialect extends PostgreSQLDialect {

    /** For Hibernate, which finds the version out. */
    public ByteaDialect(DialectResolutionInfo info) {
        super(info);
    }

    /** For Hibernate, where it asks no database. */
    public ByteaDialect() {
        super(DatabaseVersion.make(18));
    }

    @Override
    protected String columnType(int sqlTypeCode) {
        return sqlTypeCode == SqlTypes.BLOB ? "bytea" : super.columnType(sqlTypeCode);
    }

    @Override
    public void contributeTypes(TypeContributions types, ServiceRegistry services) {
        super.contributeTypes(types, services);
        types.getTypeConfiguration().getJdbcTypeRegistry().addDescriptor(SqlTypes.BLOB, BinaryJdbcType.INSTANCE);
    }
}
