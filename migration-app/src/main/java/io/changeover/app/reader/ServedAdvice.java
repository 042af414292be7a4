package io.changeover.app.reader;

import io.changeover.serving.ReaderContext;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyAdvice;

/** Names the versions that answered a request in a header of its response, such as {@code order-board@2}. */
@ControllerAdvice
final class ServedAdvice implements ResponseBodyAdvice<Object> {

    @Override
    public boolean supports(MethodParameter method, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public @Nullable Object beforeBodyWrite(
            @Nullable Object body,
            MethodParameter method,
            MediaType mediaType,
            Class<? extends HttpMessageConverter<?>> converter,
            ServerHttpRequest request,
            ServerHttpResponse response) {
        Map<String, Integer> served =
                ReaderContext.current().map(ReaderContext::served).orElse(Map.of());
        if (!served.isEmpty()) {
            response.getHeaders()
                    .set(
                            "X-Changeover-Served",
                            served.entrySet().stream()
                                    .map(view -> view.getKey() + "@" + view.getValue())
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        }
        return body;
    }
}
