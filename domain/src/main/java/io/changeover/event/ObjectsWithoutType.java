package io.changeover.event;

import tools.jackson.databind.DatabindContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.jsontype.DefaultBaseTypeLimitingValidator;

/**
 * Lets a class be read that has a property of type {@code Object} whose value would name its own class, as long as the
 * value is null. Axon's {@code ReplayToken} has one, the context of a reset, and Jackson 3 refuses the class for it, so that
 * no processor with such a token could start. Values that do name a class stay refused, as they could name any.
 */
final class ObjectsWithoutType extends DefaultBaseTypeLimitingValidator {

    @Override
    public Validity validateBaseType(DatabindContext context, JavaType baseType) {
        return baseType.isJavaLangObject() ? Validity.INDETERMINATE : super.validateBaseType(context, baseType);
    }

    @Override
    public Validity validateSubClassName(DatabindContext context, JavaType baseType, String subClassName) {
        return baseType.isJavaLangObject()
                ? Validity.DENIED
                : super.validateSubClassName(context, baseType, subClassName);
    }

    @Override
    public Validity validateSubType(DatabindContext context, JavaType baseType, JavaType subType) {
        return baseType.isJavaLangObject() ? Validity.DENIED : super.validateSubType(context, baseType, subType);
    }
}
