package io.changeover.app.openapi;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.accept.SemanticApiVersionParser;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * The API version that a handler's mapping names.
 *
 * @param number the version, or null where the handler answers all
 * @param andLater whether it answers later versions too
 */
record HandlerVersion(@Nullable String number, boolean andLater) {

    private static final SemanticApiVersionParser PARSER = new SemanticApiVersionParser();

    static HandlerVersion of(Method handler) {
        String text = version(AnnotatedElementUtils.findMergedAnnotation(handler, RequestMapping.class));
        if (text.isEmpty()) {
            text = version(
                    AnnotatedElementUtils.findMergedAnnotation(handler.getDeclaringClass(), RequestMapping.class));
        }
        boolean andLater = text.endsWith("+");
        return new HandlerVersion(
                text.isEmpty() ? null : andLater ? text.substring(0, text.length() - 1) : text, andLater);
    }

    boolean answers(String version) {
        if (number == null) {
            return true;
        }
        int order = PARSER.parseVersion(number).compareTo(PARSER.parseVersion(version));
        return andLater ? order <= 0 : order == 0;
    }

    private static String version(@Nullable RequestMapping mapping) {
        return mapping == null ? "" : mapping.version();
    }
}
